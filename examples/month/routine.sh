# What comes round is handed in, in time: what is due by noon at 09:50, the rest at 15:50.
# DAY..: 10-08 ..; $WHO: by whom; $FORGOTTEN: the title that is not.
TEN=马骏,周明,韩磊,蒋丽,冯敏,钱慧,方洁,李强,刘洋,徐亮 # at least so many read the daily sales
for day in "$@"; do
    export CUIBAN_NOW="2026-${day}T09:45:00+08:00"
    for who in ${WHO:-吴刚 王芳 郭婷}; do
        CUIBAN_USER=$who cuiban todo --process duty --csv |
            awk -F, -v who="$who" -v day="2026-$day" -v not="${FORGOTTEN:-^$}" '
                $23 ~ /role|assignee|substitute/ && $14 < day "T24" && $5 !~ not {
                    print who, $14 < day "T12:01" ? "09:50" : "15:50", $5 == "销售日报" ? "ten" : "rest", $1
                }'
    done | sort -s -k2,2 -k1,1 -k3,3 |
        awk '{ key = $1 " " $2 " " $3 } key != last { printf "%s%s", last ? "\n" : "", key; last = key } { printf " %s", $4 } END { print "" }' |
        while read -r who time kind refs; do
            [ "$kind" = ten ] && sent="--set sent_to=$TEN" || sent=
            [ -z "$refs" ] || CUIBAN_USER=$who CUIBAN_NOW="2026-${day}T$time:00+08:00" cuiban do $refs submit $sent -y
        done | grep -c -- '->' | sed "s/^/$day: /"
done
