module regou-receiver

go 1.19
