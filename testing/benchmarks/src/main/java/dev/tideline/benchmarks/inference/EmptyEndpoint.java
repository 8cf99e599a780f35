package dev.tideline.benchmarks.inference;

import java.nio.charset.StandardCharsets;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** The rival of a single row over REST: takes a body and answers the same bytes always, on virtual threads, with all else left out. */
@SpringBootConfiguration(proxyBeanMethods = false)
@ImportAutoConfiguration({
    TomcatServletWebServerAutoConfiguration.class, DispatcherServletAutoConfiguration.class, WebMvcAutoConfiguration.class,
    HttpMessageConvertersAutoConfiguration.class
})
@Import(EmptyEndpoint.EmptyController.class)
class EmptyEndpoint {

    public static void main(String[] args) {
        SpringApplication.run(EmptyEndpoint.class, args);
    }

    @RestController
    static final class EmptyController {

        private final byte[] answer = "{\n    \"predictions\": [[0.5]\n    ]\n}".getBytes(StandardCharsets.UTF_8);

        @PostMapping(path = "/empty", produces = "application/json")
        byte[] empty(@RequestBody byte[] body) {
            return answer;
        }
    }
}
