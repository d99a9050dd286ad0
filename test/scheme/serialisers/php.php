<?php
$flags = [
    'json_encode' => 0,
    'json_encode, slashes' => JSON_UNESCAPED_SLASHES,
    'json_encode, unicode' => JSON_UNESCAPED_UNICODE,
    'json_encode, slashes, unicode' => JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE,
    'json_encode, pretty' => JSON_PRETTY_PRINT,
    'json_encode, pretty, slashes, unicode' => JSON_PRETTY_PRINT | JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE,
    'json_encode, hexadecimal' => JSON_HEX_TAG | JSON_HEX_AMP | JSON_HEX_APOS | JSON_HEX_QUOT,
];
$result = [];
foreach (json_decode(stream_get_contents(STDIN), true) as $name => $text) {
    foreach ($flags as $form => $flag) {
        $result[$name][$form] = base64_encode(json_encode(json_decode($text), $flag));
        $result[$name]["$form, of an array"] = base64_encode(json_encode(json_decode($text, true), $flag));
    }
}
echo json_encode($result);
