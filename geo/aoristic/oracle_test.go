package aoristic_test

import (
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"atalaya/fixtures/reference"
	"atalaya/geo/aoristic"
)

// clockTime is how the reference writes a local time.
const clockTime = "2006-01-02T15:04:05"

func local(t *testing.T, text string, loc *time.Location) time.Time {
	t.Helper()
	if text == "" {
		return time.Time{}
	}
	at, err := time.ParseInLocation(clockTime, text, loc)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

func TestOracleHourOfWeekEqualsEveryInterval(t *testing.T) {
	for _, path := range reference.Small(t, "aoristic*.csv") {
		if strings.HasSuffix(path, "_total.csv") {
			continue
		}
		t.Run(filepath.Base(path), func(t *testing.T) {
			want := reference.Against(t, path)
			var sum aoristic.Week
			for _, row := range want.Rows {
				var got aoristic.Week
				if row["id"] == "TOTAL" {
					got = sum
				} else {
					got = aoristic.HourOfWeek(local(t, row["from"], time.UTC), local(t, row["to"], time.UTC), time.UTC)
					sum.Add(local(t, row["from"], time.UTC), local(t, row["to"], time.UTC), time.UTC)
				}
				weights := reference.Row{"id": row["id"]}
				for hour := range got {
					weights[strconv.Itoa(hour)] = "0"
				}
				for pair := range strings.SplitSeq(row["hour_of_week_weights"], ";") {
					hour, weight, _ := strings.Cut(pair, ":")
					weights[hour] = weight
				}
				for hour, v := range got {
					want.Near(weights, strconv.Itoa(hour), v)
				}
			}
		})
	}
}

// The reference spreads the clock on the wall as if no one ever set it. So the
// incidents over a change of daylight saving, and they alone, are read in UTC.
func TestOracleTotalsOfARealFileEqualTheReference(t *testing.T) {
	newYork := zone(t, "America/New_York")
	for _, path := range reference.Small(t, "aoristic_*_total.csv") {
		t.Run(filepath.Base(path), func(t *testing.T) {
			name := strings.TrimSuffix(strings.TrimPrefix(filepath.Base(path), "aoristic_"), "_total.csv")
			rows := reference.Table(t, reference.Data(t, "aoristic/"+name+"_fromto.csv"))
			var week, wall aoristic.Week
			changes := 0
			for _, row := range rows {
				from, to, loc := local(t, row["from_local"], newYork), local(t, row["to_local"], newYork), newYork
				wallFrom, wallTo := local(t, row["from_local"], time.UTC), local(t, row["to_local"], time.UTC)
				if to.Sub(from) != wallTo.Sub(wallFrom) {
					from, to, loc = wallFrom, wallTo, time.UTC
					changes++
				}
				week.Add(from, to, loc)
				wall.Add(wallFrom, wallTo, time.UTC)
			}
			t.Logf("%d of %d incidents lie over a change of daylight saving", changes, len(rows))
			want := reference.Against(t, path)
			for _, row := range want.Rows {
				want.Near(row, "weight", week[row.Int(t, "hour_of_week")])
				want.Near(row, "weight", wall[row.Int(t, "hour_of_week")])
			}
		})
	}
}
