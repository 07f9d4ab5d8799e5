package handlers

import (
	"context"
	"encoding/json"
	"io"
	"maps"
	"net/http"
	"slices"
	"strings"

	"atalaya/geo/crs"
	"atalaya/store"
	"atalaya/store/ingest"

	"github.com/gin-gonic/gin"
)

// confirmUpload begins the import of an upload that waits, as proposed but for
// the corrections in the body.
func (a *API) confirmUpload(c *gin.Context) error {
	id, err := pathID(c)
	if err != nil {
		return err
	}
	body, err := readConfirmation(c)
	if err != nil {
		return err
	}
	ctx := c.Request.Context()
	upload, err := a.upload(ctx, id)
	if err != nil {
		return err
	}
	if upload.Status != store.Staged && upload.Status != store.Failed || upload.Proposal == nil {
		return store.Errorf(store.Conflict, "upload %d is %s: only one that is staged, or failed after it was, can be confirmed", id, upload.Status)
	}
	if !a.stage.holds(id) {
		return store.Errorf(store.Conflict, "%v", errFileGone)
	}
	corrections, f := readCorrections(body)
	p := *upload.Proposal
	if corrections.Sheet != "" {
		if p, err = a.proposeSheet(ctx, upload, corrections.Sheet); store.KindOf(err) == store.Invalid {
			f.refuse("sheet", corrections.Sheet, "a sheet, layer or packed file with incidents", err.Error())
			return invalid("the confirmation", f.problems)
		} else if err != nil {
			return err
		}
	}
	choices, err := settle(f, p, corrections)
	if err != nil {
		return err
	}
	if err := a.begin(upload, choices); err != nil {
		return err
	}
	return a.answerUpload(c, http.StatusAccepted, id)
}

// proposeSheet proposes how to read another sheet of an upload. What was asked
// of its columns stands, but an allowance of one that the sheet does not have.
// Cost: one pass over the file.
func (a *API) proposeSheet(ctx context.Context, u store.Upload, sheet string) (store.Proposal, error) {
	asked := u.Proposal.Choices
	options := ingest.Options{
		File: u.Report.File, Source: u.Proposal.Source, TimeZone: u.Proposal.TimeZone, CRS: asked.CRS, Rows: asked.Rows, Sheet: sheet,
	}
	p, err := a.propose(ctx, a.stage.path(u.ID), options)
	if err != nil {
		return p, err
	}
	p.Choices.Mapping = asked.Mapping
	for _, name := range asked.Allow {
		if find(p.Columns, name) != nil {
			p.Choices.Allow = append(p.Choices.Allow, name)
		}
	}
	return p, nil
}

// readConfirmation returns the body: none at all confirms the proposal as it
// is.
func readConfirmation(c *gin.Context) (json.RawMessage, error) {
	if err := noParams(c); err != nil {
		return nil, err
	}
	body, err := io.ReadAll(c.Request.Body)
	if err != nil {
		return nil, err
	}
	if len(body) == 0 {
		return json.RawMessage("{}"), nil
	}
	if _, err := bodyType(c, typeJSON); err != nil {
		return nil, err
	}
	return body, nil
}

// confirmedChoices returns how a file is imported that was proposed and
// corrected so. The zone and the source are those that were shown, whatever is
// remembered meanwhile, and a guessed coordinate system is a choice from now
// on.
func confirmedChoices(p store.Proposal, corrections store.Choices) store.Choices {
	choices := p.Choices
	choices.Source, choices.TimeZone = p.Source, p.TimeZone
	if choices.CRS == "" && slices.ContainsFunc(p.Doubts, func(d store.Doubt) bool { return d.Code == store.DoubtCRS }) {
		choices.CRS = p.CRS
	}
	choices.Mapping = maps.Clone(choices.Mapping)
	if choices.Mapping == nil {
		choices.Mapping = map[string]string{}
	}
	maps.Copy(choices.Mapping, corrections.Mapping)
	for _, member := range []struct {
		was *string
		is  string
	}{
		{&choices.Source, corrections.Source}, {&choices.TimeZone, corrections.TimeZone}, {&choices.CRS, corrections.CRS},
		{&choices.Rows, corrections.Rows}, {&choices.Sheet, corrections.Sheet},
	} {
		if member.is != "" {
			*member.was = member.is
		}
	}
	choices.Allow = slices.Concat(choices.Allow, corrections.Allow)
	return choices
}

// readCorrections reads what somebody corrects of a proposal.
func readCorrections(body json.RawMessage) (store.Choices, *findings) {
	f := &findings{}
	m := readMembers(f, "body", "", body)
	var choices store.Choices
	choices.Mapping, _ = member[map[string]string](m, "mapping", "an object of field: column")
	choices.Source, _ = member[string](m, "source", "the code of a source")
	choices.TimeZone, _ = member[string](m, "time_zone", zoneAllowed)
	choices.CRS, _ = member[string](m, "crs", crs.Allowed)
	choices.Rows, _ = member[string](m, "rows", rowsAllowed)
	choices.Allow, _ = member[[]string](m, "allow", "a list of columns")
	choices.Sheet, _ = member[string](m, "sheet", "a sheet, layer or packed file of the upload")
	m.done()
	for _, problem := range problemsOf(ingest.Options{}.Choose(choices).Check()) {
		if problem.Field == "timezone" { // as the query calls it
			problem.Field = "time_zone"
		}
		f.problems = append(f.problems, problem)
	}
	return choices, f
}

// settle returns how a file is imported that was proposed and corrected so,
// unless something was found wrong or names a column that there is not.
func settle(f *findings, p store.Proposal, corrections store.Choices) (store.Choices, error) {
	choices := confirmedChoices(p, corrections)
	checkAllow(f, corrections.Allow, p.Columns)
	checkMapping(f, choices, p.Columns)
	return choices, invalid("the confirmation", f.problems)
}

func checkAllow(f *findings, allow []string, columns []store.ProposedColumn) {
	for _, name := range allow {
		if find(columns, name) == nil {
			f.refuse("allow", name, namesOf(columns), "is no column of the file")
		}
	}
}

func checkMapping(f *findings, choices store.Choices, columns []store.ProposedColumn) {
	for _, field := range slices.Sorted(maps.Keys(choices.Mapping)) {
		name := choices.Mapping[field]
		if !slices.Contains(ingest.Fields(), field) {
			f.refuse("mapping."+field, name, strings.Join(ingest.Fields(), ", "), "is no field")
			continue
		}
		if name == "" { // the field is left out
			continue
		}
		switch c := find(columns, name); {
		case c == nil:
			f.refuse("mapping."+field, name, namesOf(columns)+`, or "" to leave the field out`, "is no column of the file")
		case c.LooksLike != "" && !c.Allowed && !slices.Contains(choices.Allow, name):
			f.refuse("mapping."+field, name, "another column, or this one if allow lists it as harmless", "looks like data on a person ("+c.LooksLike+"), which is never stored")
		}
	}
}

// find returns the column of a name, nil where there is none.
func find(columns []store.ProposedColumn, name string) *store.ProposedColumn {
	i := slices.IndexFunc(columns, func(c store.ProposedColumn) bool { return c.Name == name })
	if i < 0 {
		return nil
	}
	return &columns[i]
}

// namesOf lists the first columns of a file for a message.
func namesOf(columns []store.ProposedColumn) string {
	const most = 40
	names := make([]string, 0, most)
	for _, c := range columns[:min(len(columns), most)] {
		names = append(names, c.Name)
	}
	return strings.Join(names, ", ")
}
