package main

import (
	"bytes"
	"encoding/json"
)

// event is what a receiver needs of one; add the fields of data that you use.
type event struct {
	ID   string `json:"id"`
	Type string `json:"event_type"`
	Data struct {
		ID           int64  `json:"id"`
		Symbol       string `json:"symbol"`
		TokenAddress string `json:"token_address"`
		WalletCode   string `json:"wallet_code"`
		EventTime    int64  `json:"event_time"`
		CreateTime   int64  `json:"create_time"`
	} `json:"data"`
}

// eventsOf reads the one event of a request or, of a batch, all of them. The id of a single event
// is that of the request.
func eventsOf(body []byte, requestID string) ([]event, error) {
	var message struct {
		event
		Events []event `json:"events"`
	}
	if err := json.NewDecoder(bytes.NewReader(body)).Decode(&message); err != nil {
		return nil, err
	}
	if message.Events != nil {
		return message.Events, nil
	}
	message.event.ID = requestID
	return []event{message.event}, nil
}
