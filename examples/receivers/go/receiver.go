// A receiver of Regou's webhooks: verifies each request, stores each event once, answers, and works afterwards.
//
//	WEBHOOK_SECRET=whsec_… PORT=8080 INBOX=./inbox go run .
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"
)

// largestBody is in bytes. Regou sends at most 2 MiB at once.
const largestBody = 4 << 20

// requestWithin is how long a request may take to arrive.
const requestWithin = 30 * time.Second

type receiver struct {
	secret  string
	inbox   inbox
	waiting chan event
}

func (r receiver) ServeHTTP(w http.ResponseWriter, request *http.Request) {
	if request.Method != http.MethodPost {
		http.Error(w, "Webhooks come by POST.", http.StatusMethodNotAllowed)
		return
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, request.Body, largestBody))
	if tooLarge := new(http.MaxBytesError); errors.As(err, &tooLarge) {
		http.Error(w, err.Error(), http.StatusRequestEntityTooLarge)
		return
	}
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	if err := verify(r.secret, request.Header, body); err != nil {
		http.Error(w, err.Error(), http.StatusUnauthorized)
		return
	}
	events, err := eventsOf(body, request.Header.Get("webhook-id"))
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	fresh, err := r.store(events)
	if err != nil {
		log.Print(err)
		http.Error(w, "The event could not be stored. Send it again.", http.StatusInternalServerError)
		return
	}
	w.WriteHeader(http.StatusNoContent)
	go r.enqueue(fresh)
}

// store answers the events that are new.
func (r receiver) store(events []event) (fresh []event, err error) {
	for _, one := range events {
		added, err := r.inbox.add(one)
		if err != nil {
			return nil, err
		}
		if added {
			fresh = append(fresh, one)
		} else {
			fmt.Println(one.Type, one.ID, "again, ignored")
		}
	}
	return fresh, nil
}

func (r receiver) enqueue(events []event) {
	for _, one := range events {
		r.waiting <- one
	}
}

func (r receiver) workThrough() {
	for one := range r.waiting {
		work(one)
		if err := r.inbox.finish(one); err != nil {
			log.Print(err)
		}
	}
}

func main() {
	box, err := openInbox(os.Getenv("INBOX"))
	exitOn(err)
	left, err := box.left()
	exitOn(err)

	r := receiver{os.Getenv("WEBHOOK_SECRET"), box, make(chan event, 1000)}
	go r.workThrough()
	go r.enqueue(left)

	port := os.Getenv("PORT")
	if port == "" {
		port = "8080"
	}
	listener, err := net.Listen("tcp", ":"+port)
	exitOn(err)
	fmt.Printf("Waiting for webhooks on http://127.0.0.1:%d\n", listener.Addr().(*net.TCPAddr).Port)

	server := http.Server{Handler: r, ReadTimeout: requestWithin}
	stopping, _ := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	go server.Serve(listener)
	<-stopping.Done()
	server.Shutdown(context.Background())
}

func exitOn(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
