#!/bin/sh
# Make the report of a schedule, and tell somebody when it is not well.
#
#   report.sh report.yml [further options of kamlab report]
#
# KAMLAB_MAIL  who is told, where the machine has a mail command; otherwise, and where
#              mailing fails, it goes to standard error, which cron mails and journals keep
# KAMLAB       the program, if it is neither in the project's .venv nor on the PATH
set -u

if [ $# -eq 0 ]; then
  echo "report.sh: name the file that describes the report, such as report.yml" >&2
  exit 2
fi
report=$1
shift

project=$(cd "$(dirname "$0")/../.." && pwd)
if [ -z "${KAMLAB:-}" ]; then
  KAMLAB=kamlab
  if [ -x "$project/.venv/bin/kamlab" ]; then KAMLAB=$project/.venv/bin/kamlab; fi
fi

said=$(mktemp) || exit 1
trap 'rm -f "$said"' EXIT
# Who stops the job stops kamlab, too, and that clears up; stay, to tell of it.
trap : HUP INT TERM

"$KAMLAB" report "$report" --as-of last-month-end "$@" >"$said" 2>&1
code=$?

case $code in
  0) cat "$said"; exit 0 ;;
  1) what="stopped by the data; the last report stands" ;;
  2) what="could not begin; the last report stands" ;;
  3) what="a notebook failed; the last good report stands" ;;
  4) what="published, but poorer than it should be" ;;
  126 | 127) what="the program is not to be found; set KAMLAB" ;;
  130) what="interrupted; the last report stands" ;;
  *) what="ended from outside; the last report stands" ;;
esac
subject="kamlab report: $what (exit code $code)"

mailed=no
if [ -n "${KAMLAB_MAIL:-}" ] && command -v mail >/dev/null; then
  mail -s "$subject" "$KAMLAB_MAIL" <"$said" && mailed=yes
fi
if [ $mailed = no ]; then
  echo "$subject" >&2
  cat "$said" >&2
fi
exit $code
