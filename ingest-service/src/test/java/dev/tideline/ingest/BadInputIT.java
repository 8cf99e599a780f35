package dev.tideline.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tideline.ingest.support.IngestClient;
import dev.tideline.ingest.support.IngestClient.Answer;
import dev.tideline.ingest.support.ServiceTest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Every kind of wrong input gets an answer that names the thing, its value and what was expected. */
class BadInputIT extends ServiceTest {

    @BeforeEach
    void declare() {
        assertThat(ingest.declare("bad-input").status()).isIn(200, 201);
    }

    @Test
    void namesAnUnknownDataset() {
        expect(ingest.sendRecords("nowhere", 0, 1), 404, "UNKNOWN_DATASET",
                "dataset: nowhere (expected: a declared dataset, see GET /v1/datasets)");
    }

    @Test
    void listsEverythingThatIsWrongWithADeclaration() {
        Answer answer = ingest.put("/v1/datasets/Bad.Name", """
                {"schema":{"version":1,"features":[{"name":"x","kind":"DECIMAL"}],"label":"y"},"split":{"by":"AGE","evaluation":1.5}}""");

        expect(answer, 400, "INVALID_DATASET", "dataset: Bad.Name (expected: a valid declaration)");
        assertThat(answer.body().path("problems").valueStream().map(problem -> problem.path("pointer").asString()))
                .contains("", "/schema/features/0/kind", "/split/by", "/split/evaluation");
    }

    @Test
    void refusesADeclarationWithoutASchema() {
        Answer answer = ingest.put("/v1/datasets/empty", "{}");

        expect(answer, 400, "INVALID_DATASET", "dataset: empty (expected: a valid declaration)");
        expectProblem(answer.body().path("problems").get(0), "INVALID_SCHEMA", "/schema", "absent",
                "an object with \"version\" and \"features\"");
    }

    @Test
    void refusesASplitByKeyWithoutAKey() {
        Answer answer = ingest.put("/v1/datasets/keyless", """
                {"schema":{"version":1,"features":[{"name":"x","kind":"FLOAT"}]},"split":{"by":"KEY","evaluation":0.1}}""");

        expectProblem(answer.body().path("problems").get(0), "INVALID_SPLIT", "/split/by", "KEY", "a schema that names a key feature");
    }

    @Test
    void refusesAnotherSplitForADatasetThatExists() {
        Answer answer = ingest.put("/v1/datasets/bad-input",
                "{\"schema\":" + IngestClient.SCHEMA + ",\"split\":{\"by\":\"KEY\",\"evaluation\":0.5}}");

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.body().path("problems").get(0).path("code").asString()).isEqualTo("SPLIT_CHANGED");
    }

    @Test
    void reportsRecordsThatBreakTheSchemaByLineAndTakesTheRest() {
        Answer answer = ingest.send("bad-input", IngestClient.record(1) + """

                {"id":"a","at":1000,"x":"warm","y":7}
                not json

                {"id":"b","at":1000,"x":1.5,"y":1,"z":3}
                """);

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.body().path("accepted").asInt()).isEqualTo(1);
        assertThat(answer.body().path("rejectedCount").asInt()).isEqualTo(3);
        JsonNode rejected = answer.body().path("rejected");
        assertThat(rejected.valueStream().map(r -> r.path("line").asInt() + r.path("pointer").asString()))
                .containsExactly("2/x", "2/y", "3", "5/z");
        assertThat(rejected.get(2).path("code").asString()).isEqualTo("MALFORMED_JSON");
        assertThat(rejected.get(3).path("code").asString()).isEqualTo("UNKNOWN_FEATURE");
    }

    @Test
    void saysWhereAnArrayBreaks() {
        Answer answer = ingest.post("/v1/datasets/bad-input/records", "application/json", "[" + IngestClient.record(1) + ",\n{\"id\": oops");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().path("code").asString()).isEqualTo("MALFORMED_ARRAY");
        assertThat(answer.body().path("detail").asString()).startsWith("body: line 2, column ")
                .endsWith("(expected: a JSON array of records; the 1 before it were read, and taken unless the request had an Idempotency-Key)");
    }

    @Test
    void refusesABodyThatIsNoArray() {
        Answer answer = ingest.post("/v1/datasets/bad-input/records", "application/json", "12");

        expect(answer, 400, "MALFORMED_ARRAY",
                "body: line 1, column 3: VALUE_NUMBER_INT (expected: a JSON array of records; the 0 before it were read, and taken unless the request had an Idempotency-Key)");
    }

    @Test
    void refusesARecordThatIsTooLarge() {
        Answer answer = ingest.send("bad-input", "{\"id\":\"" + "x".repeat(70_000) + "\"}\n" + IngestClient.record(2));

        assertThat(answer.body().path("accepted").asInt()).isEqualTo(1);
        assertThat(answer.body().path("rejected").get(0).path("code").asString()).isEqualTo("RECORD_TOO_LARGE");
        assertThat(answer.body().path("rejected").get(0).path("expected").asString()).isEqualTo("at most 65536 bytes");
    }

    @Test
    void refusesAnEventTimeThatIsNone() {
        Answer declared = await().atMost(Duration.ofSeconds(60)).until(() -> ingest.put("/v1/datasets/timed", """
                {"schema":{"version":1,"features":[{"name":"t","kind":"TEXT"},{"name":"x","kind":"FLOAT"}],"time":"t"}}"""),
                answer -> answer.status() != 503);
        Answer answer = ingest.send("timed", "{\"t\":\"yesterday\",\"x\":1}\n{\"t\":\"2026-01-31 12:00\",\"x\":1}\n");

        assertThat(answer.status()).as("%s %s", declared.raw().body(), answer.raw().body()).isEqualTo(202);
        assertThat(answer.body().path("accepted").asInt()).isEqualTo(1);
        expectProblem(answer.body().path("rejected").get(0), "INVALID_TIME", "/t", "yesterday",
                "ISO-8601 text, or an integer in milliseconds since 1970, of the years 1 to 9999");
    }

    @Test
    void refusesAnUnknownMediaType() {
        expect(ingest.post("/v1/datasets/bad-input/records", "text/html", "<p>"), 415, "UNSUPPORTED_MEDIA_TYPE",
                "Content-Type: text/html (expected: application/json, application/x-ndjson, text/csv, application/x-tf-example or"
                        + " application/x-tfrecord)");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{'id':'a','at':1,'x':1e39,'y':1} | OUT_OF_RANGE | /x | a number from -3.4028235E38 to 3.4028235E38, since features are float32",
        "{'id':'a','at':9223372036854775808,'x':1,'y':1} | OUT_OF_RANGE | /at | an integer from -9223372036854775808 to 9223372036854775807",
        "{'id':'a','at':1,'x':1,'y':1,'y':0} | MALFORMED_JSON | `` | a JSON object",
        "{'id':'a','at':1,'x':1,'y':null} | MISSING_FEATURE | /y | an integer",
        "{'id':'a','at':1,'x':[1],'y':1} | WRONG_KIND | /x | a number",
        "{'id':'a','at':1.5,'x':1,'y':1} | WRONG_KIND | /at | an integer",
        "{'id':'a','at':1,'x':1,'y':7} | OUT_OF_DOMAIN | /y | one of 0, 1",
        "{'id':'a','at':1,'x':-101,'y':1} | OUT_OF_DOMAIN | /x | from -100.0 to 1000000.0",
        "{'id':{'b':1},'at':1,'x':1,'y':1} | WRONG_KIND | /id | a string",
        "{'id':'a\\ud800','at':1,'x':1,'y':1} | WRONG_KIND | /id | text in which surrogates come in pairs",
        "{'id':'a','at':1,'x':1,'y':1,'more':{}} | UNKNOWN_FEATURE | /more | a feature of the schema",
        "{'id':'a','at':1,'x':NaN,'y':1} | MALFORMED_JSON | `` | a JSON object",
        "7 | MALFORMED_JSON | `` | a JSON object",
    })
    void namesWhatIsWrongWithARecordAndTakesThoseAroundIt(String record, String code, String pointer, String expected) {
        String json = record.replace('\'', '"');
        Answer line = ingest.send("bad-input", IngestClient.record(1) + "\n" + json + "\n" + IngestClient.record(2));

        assertThat(line.body().path("accepted").asInt()).isEqualTo(2);
        JsonNode rejected = line.body().path("rejected");
        assertThat(rejected).hasSize(1);
        assertThat(rejected.get(0).path("line").asInt()).isEqualTo(2);
        assertThat(rejected.get(0).path("code").asString()).isEqualTo(code);
        assertThat(rejected.get(0).path("pointer").asString()).isEqualTo(pointer);
        assertThat(rejected.get(0).path("expected").asString()).isEqualTo(expected);
    }

    /** In an array a record must not end the request, as long as it is JSON at all. */
    @Test
    void rejectsANumberOutOfRangeInAnArrayByItself() {
        Answer answer = ingest.post("/v1/datasets/bad-input/records", "application/json",
                "[" + IngestClient.record(1) + ",{\"id\":\"a\",\"at\":1,\"x\":1e39,\"y\":1}," + IngestClient.record(2) + "]");

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.body().path("accepted").asInt()).isEqualTo(2);
        assertThat(answer.body().path("rejected").get(0).path("code").asString()).isEqualTo("OUT_OF_RANGE");
    }

    @Test
    void refusesAnArrayElementThatIsTooLarge() {
        Answer answer = ingest.post("/v1/datasets/bad-input/records", "application/json", "[{\"id\":\"" + "x".repeat(200_000) + "\"}]");

        expect(answer, 413, "PAYLOAD_TOO_LARGE", "body: record 1 has more than 65536 bytes (expected: at most 65536; the 0 before it were"
                + " read, and taken unless the request had an Idempotency-Key)");
    }

    @Test
    void refusesABodyInAnotherCharset() {
        expect(ingest.post("/v1/datasets/bad-input/records", "text/csv;charset=ISO-8859-1", "id\n"), 415, "UNSUPPORTED_MEDIA_TYPE",
                "Content-Type: text/csv;charset=ISO-8859-1 (expected: charset UTF-8)");
    }

    @Test
    void refusesToSealNothing() {
        ingest.declare("hollow");

        expect(ingest.seal("hollow", "{\"rule\":\"all\"}", "1"), 409, "NO_RECORDS",
                "window: All[] of dataset hollow (expected: at least one committed record)");
    }

    @Test
    void listsEverythingThatIsWrongWithASealRequest() {
        Answer answer = ingest.post("/v1/datasets/bad-input/versions", "application/json",
                "{\"window\":{\"rule\":\"last\",\"records\":0},\"requestId\":7}");

        assertThat(answer.status()).isEqualTo(400);
        expectProblem(answer.body().path("problems").get(0), "INVALID_WINDOW", "/window/records", "0", "an integer above 0");
        expectProblem(answer.body().path("problems").get(1), "INVALID_REQUEST_ID", "/requestId", "7",
                "a text of 1 to 200 characters, none of them U+0000");
    }

    @Test
    void refusesTheCharacterZeroWherePostgresWouldHaveToKeepIt() {
        Answer schema = ingest.put("/v1/datasets/zero", """
                {"schema":{"version":1,"features":[{"name":"t","kind":"TEXT","default":"\\u0000"},
                 {"name":"u","kind":"TEXT","domain":{"values":["a","\\u0000"]}}]}}""");
        Answer id = ingest.post("/v1/datasets/bad-input/versions", "application/json", "{\"requestId\":\"a\\u0000\"}");
        Answer reason = ingest.post("/v1/datasets/bad-input/versions", "application/json",
                "{\"pin\":{\"owner\":\"me\",\"for\":\"PT1H\",\"reason\":\"\\u0000\"}}");

        assertThat(List.of(schema.status(), id.status(), reason.status())).containsOnly(400);
        assertThat(schema.body().path("problems").valueStream().map(problem -> problem.path("pointer").asString() + ": " + problem.path("expected").asString()))
                .containsExactly("/schema/features/0/default: text without the character U+0000",
                        "/schema/features/1/domain/values/1: text without the character U+0000");
        expectProblem(id.body().path("problems").get(0), "INVALID_REQUEST_ID", "/requestId", "\"a\\u0000\"",
                "a text of 1 to 200 characters, none of them U+0000");
        expectProblem(reason.body().path("problems").get(0), "INVALID_PIN", "/pin/reason", "1 characters", "at most 500, none of them U+0000");
    }

    @Test
    void namesAnUnknownWindowRule() {
        Answer answer = ingest.seal("bad-input", "{\"rule\":\"newest\"}", "x");

        expectProblem(answer.body().path("problems").get(0), "INVALID_WINDOW", "/window/rule", "\"newest\"", "all, last or since");
    }

    @Test
    void namesAnUnknownVersion() {
        expect(ingest.get("/v1/datasets/bad-input/versions/99"), 404, "UNKNOWN_VERSION",
                "version: 99 of dataset bad-input (expected: a sealed version, see GET /v1/datasets/bad-input/versions)");
    }

    @Test
    void refusesASampleThatIsNoCsv() {
        Answer answer = ingest.post("/v1/datasets:infer?label=y", "text/csv", "x,y\n1,2\n1,2,3\n");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().path("code").asString()).isEqualTo("INVALID_SAMPLE");
        assertThat(answer.body().path("detail").asString()).startsWith("CSV line 3: ");
    }

    @Test
    void refusesALabelThatIsNoColumn() {
        Answer answer = ingest.post("/v1/datasets:infer?label=z", "text/csv", "x,y\n1,2\n");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().path("problems").get(0).path("pointer").asString()).isEqualTo("/label");
    }

    @Test
    void namesTheLinesOfASampleThatAreNoRecords() {
        Answer answer = ingest.post("/v1/datasets:infer", "application/x-ndjson", "{\"x\":1}\n[1]\n{\n");

        assertThat(answer.body().path("problems").valueStream().map(problem -> problem.path("expected").asString()))
                .containsExactly("a JSON object in line 2", "a JSON object in line 3");
    }

    @Test
    void refusesASampleOfOneEndlessLine() {
        String endless = "{\"x\":\"" + "x".repeat(3 << 20);

        expect(ingest.post("/v1/datasets:infer", "application/x-ndjson", endless), 413, "PAYLOAD_TOO_LARGE",
                "sample: more than 2097152 bytes (expected: at most so many in the rows that are looked at)");
        expect(ingest.post("/v1/datasets:infer", "text/csv", "x\n\"" + endless), 413, "PAYLOAD_TOO_LARGE",
                "sample: more than 2097152 bytes (expected: at most so many in the rows that are looked at)");
    }

    @Test
    void namesFieldsOfADeclarationThatMeanNothing() {
        Answer answer = ingest.put("/v1/datasets/misspelt", """
                {"schema":{"features":[{"name":"x","kind":"FLOAT","requird":false,"domain":{"min":0,"maximum":1}}],"lable":"x"},
                 "split":{"by":"TIME","evaluation":0.2,"a/b":1},"tags":[]}""");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().path("problems").valueStream().map(problem -> problem.path("pointer").asString())).containsExactly(
                "/tags", "/split/a~1b", "/schema/lable", "/schema/features/0/requird", "/schema/features/0/domain/maximum");
        expectProblem(answer.body().path("problems").get(3), "UNKNOWN_FIELD", "/schema/features/0/requird", "false",
                "one of default, domain, kind, name, required, shape");
        assertThat(ingest.get("/v1/datasets/misspelt").status()).isEqualTo(404);
    }

    @Test
    void refusesADefaultThatItsOwnDomainRefuses() {
        Answer answer = ingest.put("/v1/datasets/outside", """
                {"schema":{"features":[{"name":"x","kind":"FLOAT","domain":{"min":0,"max":1},"default":2},
                  {"name":"n","kind":"INT","domain":{"values":["1","2"]},"default":3},
                  {"name":"t","kind":"TEXT","domain":{"values":["a","b"]},"default":"b"}]}}""");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().path("problems").size()).isEqualTo(2);
        expectProblem(answer.body().path("problems").get(0), "OUT_OF_DOMAIN", "/schema/features/0/default", "2.0", "from 0.0 to 1.0");
        expectProblem(answer.body().path("problems").get(1), "OUT_OF_DOMAIN", "/schema/features/1/default", "3", "one of 1, 2");
    }

    private static void expect(Answer answer, int status, String code, String detail) {
        assertThat(answer.raw().headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(answer.body().path("detail").asString()).isEqualTo(detail);
        assertThat(answer.body().path("code").asString()).isEqualTo(code);
        assertThat(answer.status()).isEqualTo(status);
    }

    private static void expectProblem(JsonNode problem, String code, String pointer, String value, String expected) {
        assertThat(problem.path("code").asString()).isEqualTo(code);
        assertThat(problem.path("pointer").asString()).isEqualTo(pointer);
        assertThat(problem.path("value").asString()).isEqualTo(value);
        assertThat(problem.path("expected").asString()).isEqualTo(expected);
    }
}
