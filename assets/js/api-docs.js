// Starts Swagger UI on the page of app/http/server/docs.py.
SwaggerUIBundle({ url: "/api/v1/openapi.json", dom_id: "#swagger-ui", deepLinking: true });
