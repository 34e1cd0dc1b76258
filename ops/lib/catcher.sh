# The stack's mail catcher: takes every mail and writes it into a folder. Sourced by ops/stack.
# shellcheck shell=bash disable=SC2154  # settings and secrets are read by load_stack

catcher_start() {
    local program="$OMS_ROOT/ops/catcher" options=()
    process_alive catcher && return 0
    [[ -f $program ]] || die "the mail catcher $program is missing"
    mkdir -p "$STACK_DIR/mail"
    # OMS_STACK_CATCHER: more options for it; a benchmark that sends a mail per order says --discard.
    read -ra options <<<"${OMS_STACK_CATCHER:-}"
    process_start catcher "$(id -un)" "$STACK_DIR" PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 -- \
        /usr/bin/python3 "$program" --port "$SMTP_PORT" --spool "$STACK_DIR/mail" "${options[@]}"
}

catcher_ready() { port_open "$SMTP_PORT"; }
