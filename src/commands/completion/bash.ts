/**
 * For bash 4 and later, with the package bash-completion or without it. Nothing that is typed or offered is evaluated: the
 * words go to the program as they stand, less their quotes, and a name that means something to bash is quoted.
 */
export const bash = `# bash completion for webhook-cli

_webhook_cli() {
  local rest=\${COMP_LINE:0:COMP_POINT} words=() blank word i
  # COMP_WORDS is cut at = and : as well; what no blank divides is one word.
  for ((i = 0; i <= COMP_CWORD; i++)); do
    blank=\${rest%%[![:space:]]*}
    rest=\${rest#"$blank"}
    if ((i < COMP_CWORD)); then word=\${COMP_WORDS[i]}; else word=$rest; fi
    rest=\${rest#"$word"}
    if ((i > 0)) && [[ -z $blank ]]; then words[\${#words[@]} - 1]+=$word; else words+=("$word"); fi
  done
  local current=\${words[\${#words[@]} - 1]} quotes="[\\"'\\\\\\\\]"
  # Bash replaces $2 alone, the end of the word.
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
        # What stands for something else inside quotes, too, would need other ones.
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
