/** For fish 3 and later. */
export const fish = `# fish completion for webhook-cli

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
            # What fish itself offers for a command that it knows nothing of.
            string join \\n -- $prefix(complete -C "webhook-cli-file $rest")
        case folders
            string join \\n -- $prefix(__fish_complete_directories "$rest")
    end
end

complete -c webhook-cli -e
complete -c webhook-cli -f -k -a '(__webhook_cli_complete)'
`;
