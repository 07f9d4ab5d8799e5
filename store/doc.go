// Package store holds the domain of Atalaya — Incident, Category, Area,
// Source, Upload, and the definitions that layers go by: Shift, Place,
// Denominator — and Store, the promise that every database keeps.
//
//	st, err := sqlite.Open(ctx, "atalaya.gpkg", sqlite.Options{})
//	if err != nil { … }
//	defer st.Close()
//	for incident, err := range st.Incidents(ctx, store.IncidentFilter{Categories: []string{"robbery"}}) { … }
//
// Assumptions: points are WGS 84 longitude and latitude in degrees; times are
// UTC and half-open, From ≤ t < To; an incident is known by its source and the
// id that the source gave it. Nothing about a person has a field here.
//
// The promise is written as tests in store/storetest, which every
// implementation must pass.
package store
