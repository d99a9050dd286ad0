/** Bodies in which serialisers differ. */
export const documents: Readonly<Record<string, string>> = {
  event:
    '{"event":{"id":"29ceb6c4-4849-4312-9b2b-5e8360647da0","type":"customer.status","created_at":"2026-01-18T09:08:18.66348Z","sandbox_mode":true},"data":{"customer_id":"f9e1b162-8a05-4611-9e13-f38e0eb24a29","customer_status":"QUEUED","email":"a+b@example.com","phone":"+12597751234"}}',
  letters:
    '{"name":"Zoë Łukasz 😀","url":"https://a.example/?a=1&b=<c>","quote":"it\'s \\"q\\"","control":"a\\u0007\\b\\f\\n\\t\\u001b","line":"\u2028x\u2029","delete":"\u007f"}',
  numbers:
    '{"amount":100.0,"rate":0.1,"tiny":1e-7,"price":19.90,"large":1e21,"wide":12345678.5,"big":12345678901234567890,"id":12345678901,"exp":1.5E3}',
  keys: '{"b":1,"a":{"10":1,"9":2,"z":[],"y":{}},"aa":[{"k":1},{"k":[2,3]}],"c":null,"é":false}',
  twice: '{"a":1,"b":2,"a":{"c":3}}',
};
