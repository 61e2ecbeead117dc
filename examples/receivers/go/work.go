package main

import (
	"fmt"
	"strings"
	"time"
	"unicode"
)

var (
	takenBack = map[string]bool{}
	distinct  int
)

// work is where goes what an event means to you. It is stored by now: take the time that you need.
func work(one event) {
	distinct++
	data := one.Data
	name := harmless(firstOf(data.Symbol, data.TokenAddress, data.WalletCode))
	void := ""
	if isTakenBack(one) {
		void = ", taken back"
	}
	fmt.Printf("%s %s %s%s%s, %d distinct\n", one.Type, name, one.ID, age(one), void, distinct)
}

func age(one event) string {
	happened := one.Data.EventTime
	if happened == 0 {
		happened = one.Data.CreateTime * 1000
	}
	if happened == 0 {
		return ""
	}
	return fmt.Sprintf(", %d ms old", time.Now().UnixMilli()-happened)
}

// isTakenBack: a reorg can take an event back, and the removal may come before the event.
func isTakenBack(one event) bool {
	kind := strings.TrimSuffix(one.Type, ".removed")
	fact := fmt.Sprint(kind, " ", one.Data.ID)
	if kind != one.Type {
		takenBack[fact] = true
	}
	return takenBack[fact]
}

// harmless: names of tokens are chosen by strangers; control and direction characters must not act here.
func harmless(text string) string {
	runes := []rune(strings.Map(func(r rune) rune {
		if unicode.In(r, unicode.Cc, unicode.Cf, unicode.Cs, unicode.Zl, unicode.Zp) {
			return unicode.ReplacementChar
		}
		return r
	}, text))
	if len(runes) > 42 {
		runes = runes[:42]
	}
	return string(runes)
}

func firstOf(texts ...string) string {
	for _, text := range texts {
		if text != "" {
			return text
		}
	}
	return ""
}
