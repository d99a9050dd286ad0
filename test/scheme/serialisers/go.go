package main

import (
	"bytes"
	"encoding/json"
	"os"
)

func main() {
	var documents map[string]string
	if err := json.NewDecoder(os.Stdin).Decode(&documents); err != nil {
		panic(err)
	}
	result := map[string]map[string][]byte{}
	for name, text := range documents {
		var value any
		if err := json.Unmarshal([]byte(text), &value); err != nil {
			panic(err)
		}
		compact, _ := json.Marshal(value)
		indented, _ := json.MarshalIndent(value, "", "  ")
		tabbed, _ := json.MarshalIndent(value, "", "\t")
		raw, _ := json.Marshal(json.RawMessage(text))
		var stream, plain bytes.Buffer
		_ = json.NewEncoder(&stream).Encode(value)
		encoder := json.NewEncoder(&plain)
		encoder.SetEscapeHTML(false)
		_ = encoder.Encode(value)
		result[name] = map[string][]byte{
			"json.Marshal of a map": compact, "json.MarshalIndent": indented, "json.MarshalIndent, tabs": tabbed,
			"json.Marshal of a RawMessage": raw, "Encoder": stream.Bytes(), "Encoder, no HTML": plain.Bytes(),
		}
	}
	_ = json.NewEncoder(os.Stdout).Encode(result)
}
