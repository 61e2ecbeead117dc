package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

// inbox keeps each event in a file that is named by its id, so that one that comes twice is known.
type inbox struct{ folder string }

var fileName = regexp.MustCompile(`^[\w-]+$`)

func openInbox(folder string) (inbox, error) {
	if folder == "" {
		temporary, err := os.MkdirTemp("", "regou-inbox-")
		return inbox{temporary}, err
	}
	return inbox{folder}, os.MkdirAll(folder, 0o755)
}

// add stores an event for good; false when it is there already.
func (box inbox) add(one event) (bool, error) {
	if !fileName.MatchString(one.ID) {
		return false, fmt.Errorf("%q cannot name a file", one.ID)
	}
	text, err := json.Marshal(one)
	if err != nil {
		return false, err
	}
	draft, err := os.CreateTemp(box.folder, "*.draft")
	if err != nil {
		return false, err
	}
	defer os.Remove(draft.Name())
	if _, err = draft.Write(text); err == nil {
		err = draft.Sync()
	}
	if closed := draft.Close(); err != nil || closed != nil {
		return false, fmt.Errorf("%s cannot be written: %v %v", draft.Name(), err, closed)
	}
	// Whole or not at all, and only once.
	err = os.Link(draft.Name(), filepath.Join(box.folder, one.ID+".json"))
	if errors.Is(err, fs.ErrExist) {
		return false, nil
	}
	return err == nil, err
}

// finish notes that the work on an event is done.
func (box inbox) finish(one event) error {
	return os.WriteFile(filepath.Join(box.folder, one.ID+".done"), nil, 0o644)
}

// left returns what was stored and not worked on when the process ended.
func (box inbox) left() ([]event, error) {
	paths, err := filepath.Glob(filepath.Join(box.folder, "*.json"))
	if err != nil {
		return nil, err
	}
	var events []event
	for _, path := range paths {
		if _, err := os.Stat(strings.TrimSuffix(path, ".json") + ".done"); err == nil {
			continue
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return nil, err
		}
		var one event
		if err := json.Unmarshal(text, &one); err != nil {
			return nil, err
		}
		events = append(events, one)
	}
	return events, nil
}
