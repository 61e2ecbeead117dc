<?php

// A receiver of Regou's webhooks: verifies each request, stores each event once, and answers. work.php does the rest.
//   WEBHOOK_SECRET=whsec_… INBOX=./inbox php -d display_startup_errors=0 -d display_errors=0 -S 127.0.0.1:8080 receiver.php

require 'inbox.php';
require 'verify.php';

const LARGEST_BODY = 4 * 1024 * 1024; // In bytes. Regou sends at most 2 MiB at once.

function refuse(int $status, string $why): never
{
    http_response_code($status);
    exit("$why\n");
}

if ($_SERVER['REQUEST_METHOD'] !== 'POST') {
    refuse(405, 'Webhooks come by POST.');
}
$body = file_get_contents('php://input', length: LARGEST_BODY + 1);
if (max(strlen($body), (int) ($_SERVER['CONTENT_LENGTH'] ?? 0)) > LARGEST_BODY) {
    refuse(413, 'The body is larger than that of any webhook.');
}
$headers = array_change_key_case(getallheaders());
try {
    verify(getenv('WEBHOOK_SECRET'), $headers, $body);
    $message = json_decode($body, true, flags: JSON_THROW_ON_ERROR);
} catch (Forged $error) {
    refuse(401, $error->getMessage());
} catch (JsonException $error) {
    refuse(400, $error->getMessage());
}
try {
    $inbox = new Inbox(getenv('INBOX') ?: './inbox');
    foreach ($message['events'] ?? [['id' => $headers['webhook-id'], ...$message]] as $event) {
        $inbox->add($event);
    }
    http_response_code(204);
} catch (Throwable $error) {
    error_log($error->getMessage());
    refuse(500, 'The event could not be stored. Send it again.');
}
