#!/bin/sh
# What to do about a publication that failed; nothing where all its jobs (RESULTS, JSON) went well.
set -eu
case "$RESULTS" in
    *failure*) ;;
    *) exit 0 ;;
esac
cat <<EOF
La publication du commit $COMMIT a échoué : [le détail]($RUN_URL).

- Si « Le site répond » est en échec, ce qui est en ligne n'est pas ce qui a été construit : relancez la tâche, ou revenez en arrière.
- Si une tâche d'avant est en échec, le site d'avant est resté en ligne : corrigez, ou relancez la tâche.

Revenir en arrière : docs/forge.md, « Si une publication échoue ». Cette demande se ferme seule à la publication suivante.
EOF
