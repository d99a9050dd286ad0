export type Shell = 'bash' | 'zsh' | 'fish';

/**
 * For bash 4 and later, with or without bash-completion. Nothing typed or offered is evaluated: the
 * words go to the program without their quotes, and names with special characters are quoted.
 */
const bash = `# bash completion for webhook-cli

_webhook_cli() {
  local rest=\${COMP_LINE:0:COMP_POINT} words=() blank word i
  # COMP_WORDS also splits at = and :; here, only blanks end a word.
  for ((i = 0; i <= COMP_CWORD; i++)); do
    blank=\${rest%%[![:space:]]*}
    rest=\${rest#"$blank"}
    if ((i < COMP_CWORD)); then word=\${COMP_WORDS[i]}; else word=$rest; fi
    rest=\${rest#"$word"}
    if ((i > 0)) && [[ -z $blank ]]; then words[\${#words[@]} - 1]+=$word; else words+=("$word"); fi
  done
  local current=\${words[\${#words[@]} - 1]} quotes="[\\"'\\\\\\\\]"
  # Bash replaces only $2, the end of the word.
  local kept=\${current%"$2"}
  kept=\${kept//$quotes/}
  words=("\${words[@]//$quotes/}")

  local answer kind prefix name
  answer=$(command webhook-cli complete -- "\${words[@]:1}" 2>/dev/null </dev/null) || return
  COMPREPLY=()
  {
    IFS= read -r kind
    IFS= read -r prefix
    while IFS=$'\\t' read -r name _; do
      [[ -n $name ]] || continue
      name=$prefix$name
      name=\${name#"$kept"}
      if [[ $current == *[\\"\\']* ]]; then
        # A character that is special inside quotes as well would need other quotes.
        [[ $name == *[\\"\\'\\\\\\$\\\`!]* ]] && continue
      elif [[ $name == *[!A-Za-z0-9_.,:=/@%+-]* ]]; then
        printf -v name %q "$name"
      fi
      COMPREPLY+=("$name")
    done
  } <<<"$answer"
  case $kind in
    files) compopt -o bashdefault -o default ;;
    folders) compopt -o dirnames ;;
  esac
}

complete -o nosort -F _webhook_cli webhook-cli 2>/dev/null || complete -F _webhook_cli webhook-cli
`;

/** For zsh 5 and later: as a file of the function path, or read by .zshrc. */
const zsh = `#compdef webhook-cli
# zsh completion for webhook-cli

_webhook-cli() {
  local line name meaning
  local -a typed answer offers
  (( CURRENT > 2 )) && typed=("\${(@Q)words[2,CURRENT-1]}")
  answer=("\${(@f)$(command webhook-cli complete -- "\${(@)typed}" "\${(Q)PREFIX}" 2>/dev/null </dev/null)}")
  # Keep this part of the unfinished word.
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

/** For fish 3 and later. */
const fish = `# fish completion for webhook-cli

function __webhook_cli_complete
    command -q webhook-cli; or return
    set -l words (commandline -opc)
    set -e words[1]
    set -l current (commandline -ct | string replace --regex '^["\\']' '')
    set -l answer (command webhook-cli complete -- $words "$current" 2>/dev/null </dev/null)
    set -l kind $answer[1]
    set -l prefix "$answer[2]"
    set -e answer[1..2]
    set -l rest (string sub --start (math (string length -- $prefix) + 1) -- "$current")
    switch "$kind"
        case words
            string join \\n -- $prefix$answer
        case files
            # fish's own completions for an unknown command.
            string join \\n -- $prefix(complete -C "webhook-cli-file $rest")
        case folders
            string join \\n -- $prefix(__fish_complete_directories "$rest")
    end
end

complete -c webhook-cli -e
complete -c webhook-cli -f -k -a '(__webhook_cli_complete)'
`;

/** The scripts that complete command lines. */
export const scripts: Readonly<Record<Shell, string>> = { bash, zsh, fish };
