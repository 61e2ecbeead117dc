<?php

// A receiver of Regou's webhooks: verifies each request, stores each event once, and answers. work.php does the rest.
//   WEBHOOK_SECRET=whsec_… INBOX=./inbox php -S 127.0.0.1:8080 receiver.php

require 'inbox.php';
require 'verify.php';

if ($_SERVER['REQUEST_METHOD'] !== 'POST') {
    http_response_code(405);
    exit("Webhooks come by POST.\n");
}
$body = file_get_contents('php://input');
$headers = array_change_key_case(getallheaders());
try {
    verify(getenv('WEBHOOK_SECRET'), $headers, $body);
    $message = json_decode($body, true, flags: JSON_THROW_ON_ERROR);
    $inbox = new Inbox(getenv('INBOX') ?: './inbox');
    foreach ($message['events'] ?? [['id' => $headers['webhook-id'], ...$message]] as $event) {
        $inbox->add($event);
    }
    http_response_code(204);
} catch (Forged $error) {
    http_response_code(401);
    echo $error->getMessage(), "\n";
} catch (Throwable $error) {
    error_log($error->getMessage());
    http_response_code(500);
    echo "The event could not be stored. Send it again.\n";
}
