package dev.tideline.training.model;

import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Declares and shows models. */
@RestController
@RequestMapping("/v1/models")
final class ModelController {

    record Views(List<Model> models) {}

    private final Models models;

    ModelController(Models models) {
        this.models = models;
    }

    @PutMapping("/{name}")
    ResponseEntity<Model> declare(@PathVariable String name, @RequestBody JsonNode definition) {
        return answer(models.declare(name, definition));
    }

    @PutMapping(path = "/{name}", consumes = {"application/yaml", "application/x-yaml", "text/yaml"})
    ResponseEntity<Model> declareYaml(@PathVariable String name, @RequestBody byte[] definition) {
        return answer(models.declareYaml(name, definition));
    }

    private static ResponseEntity<Model> answer(Models.Declared declared) {
        return ResponseEntity.status(declared.created() ? HttpStatus.CREATED : HttpStatus.OK).body(declared.model());
    }

    @GetMapping("/{name}")
    Model show(@PathVariable String name) {
        return models.get(name);
    }

    @GetMapping
    Views list() {
        return new Views(models.all());
    }
}
