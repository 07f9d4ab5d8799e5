package crs

import "fmt"

// OutsideError says that a number is no coordinate of a system.
type OutsideError struct {
	Axis        string  // x or y
	Value       float64 // in the system's unit, as the limits are
	Least, Most float64
	System      System
}

func (e *OutsideError) Error() string {
	least, most := e.Allowed()
	return fmt.Sprintf("%s %v outside [%s, %s] %s of %s", e.Axis, e.Value, least, most, e.System.Unit().Name, e.System)
}

// Allowed writes the limits as exactly as the unit needs it.
func (e *OutsideError) Allowed() (least, most string) {
	decimals := e.System.Unit().decimals()
	return fmt.Sprintf("%.*f", decimals, e.Least), fmt.Sprintf("%.*f", decimals, e.Most)
}
