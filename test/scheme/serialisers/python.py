import base64, json, sys

forms = {
    "json.dumps": lambda o: json.dumps(o),
    "json.dumps, compact": lambda o: json.dumps(o, separators=(",", ":")),
    "json.dumps, unicode": lambda o: json.dumps(o, ensure_ascii=False),
    "json.dumps, compact, unicode": lambda o: json.dumps(o, ensure_ascii=False, separators=(",", ":")),
    "json.dumps, sorted": lambda o: json.dumps(o, sort_keys=True),
    "json.dumps, sorted, compact": lambda o: json.dumps(o, sort_keys=True, separators=(",", ":")),
    "json.dumps, indented by 2": lambda o: json.dumps(o, indent=2),
    "json.dumps, indented by 4, unicode": lambda o: json.dumps(o, indent=4, ensure_ascii=False),
    "str of a dict": lambda o: str(o),
}
documents = json.load(sys.stdin)
result = {
    name: {form: base64.b64encode(write(json.loads(text)).encode()).decode() for form, write in forms.items()}
    for name, text in documents.items()
}
result_of_bytes = {name: base64.b64encode(str(text.encode()).encode()).decode() for name, text in documents.items()}
for name, text in result_of_bytes.items():
    result[name]["str of bytes"] = text
json.dump(result, sys.stdout)
