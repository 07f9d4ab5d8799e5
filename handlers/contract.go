package handlers

import (
	"net/http"

	"atalaya/handlers/openapi"

	"github.com/gin-gonic/gin"
)

// contract answers the OpenAPI document.
func (a *API) contract(c *gin.Context) error {
	if err := noParams(c); err != nil {
		return err
	}
	c.Header("Cache-Control", "private, no-cache")
	c.Data(http.StatusOK, "application/yaml", openapi.Document())
	return nil
}
