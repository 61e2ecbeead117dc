<?php

const TOLERANCE_SECONDS = 300;

/** The request was not signed with the secret, or too long ago. */
class Forged extends Exception {}

/** @throws Forged unless the body, byte for byte, was signed at most five minutes ago */
function verify(string $secret, array $headers, string $body): void
{
    $timestamp = $headers['webhook-timestamp'] ?? '';
    if (!ctype_digit($timestamp)) {
        throw new Forged('The webhook-timestamp header is missing');
    }
    if (abs(time() - (int) $timestamp) > TOLERANCE_SECONDS) {
        throw new Forged('The request is more than five minutes away from this clock');
    }

    $key = base64_decode(preg_replace('/^whsec_/', '', $secret));
    $content = ($headers['webhook-id'] ?? '') . ".$timestamp.$body";
    $expected = 'v1,' . base64_encode(hash_hmac('sha256', $content, $key, true));

    // While a secret is rotated there are several signatures: one that is right is enough.
    foreach (explode(' ', $headers['webhook-signature'] ?? '') as $signature) {
        if (hash_equals($expected, $signature)) {
            return;
        }
    }
    throw new Forged('No signature is right');
}
