package ingest

import (
	"encoding/hex"
	"math/big"
	"strconv"
	"time"
	"unicode/utf8"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/format"
)

// The clock of times that name a zone, and of those that name none.
const (
	zonedTime = time.RFC3339Nano
	plainTime = "2006-01-02T15:04:05.999999999"
)

// parquetText returns the function that writes the values of a type as cells:
// dates and times as ISO text, numbers with every digit.
func parquetText(t parquet.Type) func(parquet.Value) string {
	logical := t.LogicalType()
	if logical == nil {
		logical = &format.LogicalType{}
	}
	switch {
	case logical.Date != nil:
		return func(v parquet.Value) string {
			return time.Unix(int64(v.Int32())*24*60*60, 0).UTC().Format(time.DateOnly)
		}
	case logical.Timestamp != nil:
		layout := plainTime
		if logical.Timestamp.IsAdjustedToUTC {
			layout = zonedTime
		}
		unit := unitOf(logical.Timestamp.Unit)
		return func(v parquet.Value) string { return timeSince(v.Int64(), unit).Format(layout) }
	case logical.Time != nil:
		unit := unitOf(logical.Time.Unit)
		return func(v parquet.Value) string { return timeSince(integer(v), unit).Format("15:04:05.999999999") }
	case logical.Decimal != nil:
		scale := int(logical.Decimal.Scale)
		return func(v parquet.Value) string { return scaled(v, scale) }
	case logical.Integer != nil && !logical.Integer.IsSigned:
		return func(v parquet.Value) string {
			if v.Kind() == parquet.Int32 {
				return strconv.FormatUint(uint64(v.Uint32()), 10)
			}
			return strconv.FormatUint(v.Uint64(), 10)
		}
	}
	return plainValue
}

// plainValue writes a value without a meaning of its own. Bytes that are no
// text are hexadecimal.
func plainValue(v parquet.Value) string {
	switch v.Kind() {
	case parquet.Boolean:
		return strconv.FormatBool(v.Boolean())
	case parquet.Int32, parquet.Int64:
		return strconv.FormatInt(integer(v), 10)
	case parquet.Int96: // what Impala and Spark wrote for times
		return julianTime(v).Format(zonedTime)
	case parquet.Float:
		return strconv.FormatFloat(float64(v.Float()), 'f', -1, 32)
	case parquet.Double:
		return strconv.FormatFloat(v.Double(), 'f', -1, 64)
	}
	if b := v.ByteArray(); utf8.Valid(b) {
		return string(b)
	}
	return hex.EncodeToString(v.ByteArray())
}

func integer(v parquet.Value) int64 {
	if v.Kind() == parquet.Int32 {
		return int64(v.Int32())
	}
	return v.Int64()
}

func unitOf(unit format.TimeUnit) time.Duration {
	switch {
	case unit.Millis != nil:
		return time.Millisecond
	case unit.Micros != nil:
		return time.Microsecond
	}
	return time.Nanosecond
}

// timeSince returns the time that is n units after 1970, however far away.
func timeSince(n int64, unit time.Duration) time.Time {
	perSecond := int64(time.Second / unit)
	return time.Unix(n/perSecond, n%perSecond*int64(unit)).UTC()
}

// julianTime reads nanoseconds of a day and the Julian day.
func julianTime(v parquet.Value) time.Time {
	const julianOf1970 = 2440588
	i := v.Int96()
	nanoseconds := int64(i[1])<<32 | int64(i[0])
	return time.Unix((int64(i[2])-julianOf1970)*24*60*60, nanoseconds).UTC()
}

// scaled writes an unscaled integer with its decimals.
func scaled(v parquet.Value, scale int) string {
	var n big.Int
	switch v.Kind() {
	case parquet.Int32, parquet.Int64:
		n.SetInt64(integer(v))
	default: // two's complement, the highest byte first
		b := v.ByteArray()
		if n.SetBytes(b); len(b) > 0 && b[0] >= 0x80 {
			n.Sub(&n, new(big.Int).Lsh(big.NewInt(1), uint(8*len(b))))
		}
	}
	if scale <= 0 || scale > 1000 {
		return n.String()
	}
	return new(big.Rat).SetFrac(&n, new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(scale)), nil)).FloatString(scale)
}
