package handlers

import (
	"net/http"

	"atalaya/store"

	"github.com/gin-gonic/gin"
)

const originAllowed = "reported, police_initiated, unknown"

// listCategories answers all categories by code.
func (a *API) listCategories(c *gin.Context) error {
	if err := noParams(c); err != nil {
		return err
	}
	categories, err := a.store.Categories(c.Request.Context())
	if err != nil {
		return err
	}
	if categories == nil {
		categories = []store.Category{}
	}
	return answer(c, http.StatusOK, typeJSON, gin.H{"categories": categories})
}

// showCategory answers one category.
func (a *API) showCategory(c *gin.Context) error {
	if err := noParams(c); err != nil {
		return err
	}
	category, err := a.store.Category(c.Request.Context(), c.Param("code"))
	if err != nil {
		return err
	}
	return answer(c, http.StatusOK, typeJSON, category)
}

// putCategory creates or replaces a category.
func (a *API) putCategory(c *gin.Context) error {
	body, err := readBody(c, typeJSON)
	if err != nil {
		return err
	}
	category, err := readCategory(c.Param("code"), body)
	if err != nil {
		return err
	}
	ctx := c.Request.Context()
	status, err := putStatus(a.store.Category(ctx, category.Code))
	if err != nil {
		return err
	}
	if err := a.store.PutCategory(ctx, category); err != nil {
		return err
	}
	if category, err = a.store.Category(ctx, category.Code); err != nil {
		return err
	}
	return answer(c, status, typeJSON, category)
}

// deleteCategory removes a category without incidents.
func (a *API) deleteCategory(c *gin.Context) error {
	return remove(c, c.Param("code"), a.store.DeleteCategory)
}

func readCategory(code string, body []byte) (store.Category, error) {
	f := &findings{}
	m := readMembers(f, "body", "", body)
	if sent, came := member[string](m, "code", "the code of the path, or nothing"); came && sent != code {
		f.refuse("code", sent, code, "is not the code of the path")
	}
	category := store.Category{Code: code, NameES: need[string](m, "name_es", "a text"), NameEN: need[string](m, "name_en", "a text")}
	category.Group, _ = member[string](m, "group", "a text")
	category.Origin, _ = member[store.Origin](m, "origin", originAllowed)
	if category.Origin == "" {
		category.Origin = store.UnknownOrigin
	}
	category.Sensitive, _ = member[bool](m, "sensitive", "true, false")
	category.Harm, _ = member[float64](m, "harm", "a number from 0")
	m.ignore("incidents")
	m.done()
	return category, invalid("the category", f.problems)
}
