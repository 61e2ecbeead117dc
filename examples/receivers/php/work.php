<?php

// Works through what the receiver has stored, beside it: INBOX=./inbox php work.php

require 'inbox.php';

const LOOK_EVERY_MICROSECONDS = 100_000;

$inbox = new Inbox(getenv('INBOX') ?: './inbox');
$takenBack = [];
$distinct = 0;

/** Here goes what an event means to you. It is stored by now: take the time that you need. */
$work = function (array $event) use (&$takenBack, &$distinct): void {
    ['id' => $id, 'event_type' => $type, 'data' => $data] = $event;
    $distinct++;
    $time = $data['event_time'] ?? ($data['create_time'] ?? 0) * 1000;
    $age = $time ? ', ' . ((int) (microtime(true) * 1000) - $time) . ' ms old' : '';
    $name = harmless($data['symbol'] ?? $data['token_address'] ?? $data['wallet_code'] ?? '');

    // A reorg can take an event back, and the removal may come before the event.
    $fact = str_replace('.removed', '', $type) . ' ' . ($data['id'] ?? '');
    $takenBack += str_ends_with($type, '.removed') ? [$fact => true] : [];
    $void = isset($takenBack[$fact]) ? ', taken back' : '';
    echo "$type $name $id$age$void, $distinct distinct\n";
};

/** Names of tokens are chosen by strangers: control and direction characters must not act here. */
function harmless(string $text): string
{
    $text = preg_replace('/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u', "\u{FFFD}", $text);
    return preg_replace('/^(.{42}).*$/us', '$1', $text);
}

while (true) {
    foreach ($inbox->left() as $event) {
        $work($event);
        $inbox->finish($event);
    }
    usleep(LOOK_EVERY_MICROSECONDS);
}
