package handlers

import (
	"errors"
	"net/http"

	"atalaya/store"

	"github.com/gin-gonic/gin"
)

const daysAllowed = "a list of days from 1 (Monday) to 7 (Sunday), each once; empty for all"

// listShifts answers all shifts by code.
func (a *API) listShifts(c *gin.Context) error {
	if err := noParams(c); err != nil {
		return err
	}
	shifts, err := a.store.Shifts(c.Request.Context())
	if err != nil {
		return err
	}
	if shifts == nil {
		shifts = []store.Shift{}
	}
	return answer(c, http.StatusOK, typeJSON, gin.H{"shifts": shifts})
}

// showShift answers one shift.
func (a *API) showShift(c *gin.Context) error {
	if err := noParams(c); err != nil {
		return err
	}
	shift, err := a.store.Shift(c.Request.Context(), c.Param("code"))
	if err != nil {
		return err
	}
	return answer(c, http.StatusOK, typeJSON, shift)
}

// putShift creates or replaces a shift.
func (a *API) putShift(c *gin.Context) error {
	body, err := readBody(c, typeJSON)
	if err != nil {
		return err
	}
	shift, err := readShift(c.Param("code"), body)
	if err != nil {
		return err
	}
	ctx := c.Request.Context()
	status, err := putStatus(a.store.Shift(ctx, shift.Code))
	if err != nil {
		return err
	}
	if err := a.store.PutShift(ctx, shift); err != nil {
		return err
	}
	return answer(c, status, typeJSON, shift)
}

// deleteShift removes a shift.
func (a *API) deleteShift(c *gin.Context) error {
	return remove(c, c.Param("code"), a.store.DeleteShift)
}

func readShift(code string, body []byte) (store.Shift, error) {
	f := &findings{}
	m := readMembers(f, "body", "", body)
	if sent, came := member[string](m, "code", "the code of the path, or nothing"); came && sent != code {
		f.refuse("code", sent, code, "is not the code of the path")
	}
	shift := store.Shift{Code: code, NameES: need[string](m, "name_es", "a text"), NameEN: need[string](m, "name_en", "a text")}
	for _, end := range []struct {
		name string
		into *int
	}{{"start", &shift.Start}, {"end", &shift.End}} {
		text := need[string](m, end.name, store.ClockAllowed)
		minute, err := store.ParseClock(text)
		if err != nil && text != "" {
			f.refuse(end.name, text, store.ClockAllowed, "is no time of day")
		}
		*end.into = minute
	}
	if days, came := member[[]int](m, "days", daysAllowed); came {
		set, err := daySet(days)
		if err != nil {
			f.refuse("days", string(m.values["days"]), daysAllowed, err.Error())
		}
		shift.Days = set
	}
	m.done()
	return shift, invalid("the shift", f.problems)
}

// daySet returns days from 1 to 7 as a set of which bit 0 is Monday.
func daySet(days []int) (set uint8, err error) {
	for _, day := range days {
		if day < 1 || day > 7 {
			return 0, errors.New("has a day that is none")
		}
		bit := uint8(1) << (day - 1)
		if set&bit != 0 {
			return 0, errors.New("has a day twice")
		}
		set |= bit
	}
	return set, nil
}
