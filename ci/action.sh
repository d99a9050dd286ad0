#!/usr/bin/env bash
# Run by action.yml: starts the receiver, checks it, stops it, and sets the outputs. Exits with the check's exit code.
#
# In: INPUT_* (action.yml), GITHUB_ACTION_PATH, GITHUB_OUTPUT, GITHUB_STEP_SUMMARY, RUNNER_TEMP. If WEBHOOK_CLI is set,
# that program runs instead of the one in this repository.
set -uo pipefail

receiver=
checking=
scratch=$(mktemp -d "${RUNNER_TEMP:-/tmp}/webhook-cli.XXXXXX") || exit 74

# TERM first, so that the receiver can close what it has open.
end_receiver() {
  [ -n "$receiver" ] || return 0
  kill -TERM -- "-$receiver" 2> /dev/null
  for _ in $(seq 50); do
    kill -0 -- "-$receiver" 2> /dev/null || break
    sleep 0.1
  done
  kill -KILL -- "-$receiver" 2> /dev/null
  receiver=
}

clean_up() {
  [ -z "$checking" ] || kill -TERM "$checking" 2> /dev/null
  end_receiver
  rm -rf -- "$scratch"
}
trap clean_up EXIT
trap 'exit 130' INT TERM HUP

random_word() {
  od -An -N16 -tx1 /dev/urandom | tr -d ' \n'
}

# A value may have several lines, so it ends with an unpredictable word.
output() {
  local end
  end=$(random_word)
  printf '%s<<%s\n%s\n%s\n' "$1" "$end" "$2" "$end" >> "${GITHUB_OUTPUT:-/dev/null}"
}

# Exits with a message and an exit code before the check.
give_up() {
  printf '::error::%s\n' "$1"
  output exit-code "$2"
  exit "$2"
}

# Sets `program`. A checkout has no dist/, so it is built here, with the packages in the lock file. Their scripts don't
# run.
find_program() {
  if [ -n "${WEBHOOK_CLI:-}" ]; then
    program=("$WEBHOOK_CLI")
    return
  fi
  program=(node "$GITHUB_ACTION_PATH/bin/webhook-cli.js")
  [ ! -e "$GITHUB_ACTION_PATH/dist/main.cjs" ] || return 0
  (
    cd "$GITHUB_ACTION_PATH" && npm ci --include=dev --ignore-scripts --no-audit --no-fund &&
      npm exec --no -- rolldown --config rolldown.config.js
  ) > "$scratch/build.log" 2>&1 && return
  cat "$scratch/build.log"
  give_up "webhook-cli can't be built: it needs npm, and Node.js 20.19 or later" 74
}

# Sets `arguments` from the inputs.
find_arguments() {
  local name input
  arguments=(check --report github "--report=json=$scratch/check.json")
  arguments+=("--report=junit=$folder/check.xml" "--report=html=$folder/check.html")
  [ -z "${GITHUB_STEP_SUMMARY:-}" ] || arguments+=("--report=markdown=$GITHUB_STEP_SUMMARY")
  for name in scheme only skip baseline probe strict allow-remote; do
    input=INPUT_$(printf %s "$name" | tr a-z- A-Z_)
    case $name:${!input:-} in
      *:) ;;
      strict:true | allow-remote:true) arguments+=("--$name") ;;
      strict:false | allow-remote:false) ;;
      strict:* | allow-remote:*) give_up "the input $name is neither true nor false" 2 ;;
      *) arguments+=("--$name=${!input}") ;;
    esac
  done
  case ${INPUT_WAIT:-} in
    '') ;;
    *[!0-9]*) arguments+=("--wait=$INPUT_WAIT") ;;
    *) arguments+=("--wait=${INPUT_WAIT}s") ;;
  esac
  [ -z "${INPUT_URL:-}" ] || arguments+=(-- "$INPUT_URL")
}

start_receiver() {
  # With job control, each job is a separate process group.
  set -m
  bash -c "$1" > "$scratch/receiver.log" 2>&1 < /dev/null &
  receiver=$!
  set +m
}

# The receiver's output may look like a workflow command; between these lines, it is ignored.
show_receiver() {
  [ -n "$receiver" ] || return 0
  if ! kill -0 "$receiver" 2> /dev/null; then
    wait "$receiver"
    echo "::error::the receiver's command ended before the check, with exit code $?"
  fi
  [ -s "$scratch/receiver.log" ] || return 0
  local token
  token=$(random_word)
  printf '::group::%s\n::stop-commands::%s\n' 'The last lines of the receiver' "$token"
  tail -n 100 "$scratch/receiver.log"
  printf '\n::%s::\n::endgroup::\n' "$token"
}

# Publishes only this step's report, not an earlier step's or a baseline.
publish_reports() {
  local counts
  [ -e "$scratch/check.json" ] || return 0
  cp -- "$scratch/check.json" "$folder/check.json" || return
  counts=$(node -e '
    const { passed, failed } = JSON.parse(require("fs").readFileSync(process.argv[1], "utf8"));
    console.log(passed, failed);
  ' -- "$scratch/check.json") || return
  output passed "${counts% *}"
  output failed "${counts#* }"
  output report "$folder/check.json"
}

folder=${INPUT_REPORT_DIR:-webhook-check}
command=${INPUT_COMMAND:-}
find_arguments
secret=${INPUT_SECRET:-}
unset "${!INPUT_@}"
mkdir -p -- "$folder" || give_up "the folder for the reports can't be made" 74
rm -f -- "$folder/check.xml" "$folder/check.html"

find_program
[ -z "$secret" ] || export WEBHOOK_SECRET=$secret
[ -z "$command" ] || start_receiver "$command"
# In the background, so that a signal is handled at once.
"${program[@]}" "${arguments[@]}" < /dev/null &
checking=$!
wait "$checking"
code=$?
checking=
[ "$code" = 0 ] || show_receiver
end_receiver
publish_reports
output exit-code "$code"
exit "$code"
