require 'json'

forms = {
  'JSON.generate' => ->(o) { JSON.generate(o) },
  'JSON.pretty_generate' => ->(o) { JSON.pretty_generate(o) },
  'JSON.generate, ASCII' => ->(o) { JSON.generate(o, ascii_only: true) },
  'JSON.generate, script-safe' => ->(o) { JSON.generate(o, script_safe: true) },
  'to_s of a Hash' => ->(o) { o.to_s },
}
result = JSON.parse($stdin.read).to_h do |name, text|
  [name, forms.transform_values { |write| [write.call(JSON.parse(text))].pack('m0') }]
end
puts JSON.generate(result)
