/** For zsh 5 and later: as a file of the function path, or read by .zshrc. */
export const zsh = `#compdef webhook-cli
# zsh completion for webhook-cli

_webhook-cli() {
  local line name meaning
  local -a typed answer offers
  (( CURRENT > 2 )) && typed=("\${(@Q)words[2,CURRENT-1]}")
  answer=("\${(@f)$(command webhook-cli complete -- "\${(@)typed}" "\${(Q)PREFIX}" 2>/dev/null </dev/null)}")
  # What stays of the word that is being written.
  compset -p \${#answer[2]} || return 1
  case $answer[1] in
    files) _files ;;
    folders) _files -/ ;;
    words)
      for line in "\${(@)answer[3,-1]}"; do
        name=\${line%%$'\\t'*} meaning=\${line#$name}
        name=\${name//\\\\/\\\\\\\\}
        offers+=("\${name//:/\\\\:}\${meaning/#$'\\t'/:}")
      done
      _describe -V webhook-cli offers -M 'm:{[:lower:]}={[:upper:]}'
      ;;
  esac
}

if [[ $funcstack[1] == _webhook-cli ]]; then
  _webhook-cli "$@"
else
  (( $+functions[compdef] )) || { autoload -Uz compinit && compinit -i; }
  compdef _webhook-cli webhook-cli
fi
`;
