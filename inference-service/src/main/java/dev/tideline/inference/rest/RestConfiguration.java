package dev.tideline.inference.rest;

import dev.tideline.inference.admission.RequestMemory;
import dev.tideline.inference.prediction.Predictor;
import dev.tideline.inference.prediction.RequestIds;
import dev.tideline.inference.servable.ServableManager;
import dev.tideline.starter.error.UnservedErrors;
import org.apache.coyote.BadRequestException;
import org.apache.tomcat.util.buf.EncodedSolidusHandling;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.error.ErrorPage;
import org.springframework.boot.web.error.ErrorPageRegistrar;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the door where TensorFlow Serving has it. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(RestProperties.class)
class RestConfiguration {

    @Bean
    ClientWatch clientWatch() {
        return new ClientWatch(ClientWatch.LOOK);
    }

    @Bean
    ServletRegistrationBean<RestServlet> restDoor(
            Predictor predictor, ServableManager servables, RequestIds requestIds, ClientWatch clients, RequestMemory memory, Stopping stopping,
            RestProperties properties) {
        RestServlet servlet = new RestServlet(predictor, servables, requestIds, clients, memory, stopping, properties);
        return new ServletRegistrationBean<>(servlet, "/v1/*", "/V1/*");
    }

    /** A body that is no HTTP is answered in the form of all other errors. */
    @Bean
    ErrorPageRegistrar brokenBodies() {
        return registry -> registry.addErrorPages(new ErrorPage(BadRequestException.class, "/v1/models"));
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> valves() {
        return factory -> factory.addEngineValves(ClientConnection.valve());
    }

    @Bean
    UnservedErrors unservedErrors() {
        return new UnservedErrors("application/json", (status, method, path) ->
                ErrorBody.write(status == 400 ? "Malformed request: " + method + " " + path : "HTTP status " + status));
    }

    /** Model names may contain any character; TensorFlow Serving takes these unencoded, too. */
    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> lenientPaths() {
        return factory -> factory.addConnectorCustomizers(connector -> {
            connector.setEncodedSolidusHandling(EncodedSolidusHandling.PASS_THROUGH.getValue());
            connector.setEncodedReverseSolidusHandling(EncodedSolidusHandling.PASS_THROUGH.getValue());
            connector.setProperty("relaxedPathChars", "\"<>[\\]^`{|}");
        });
    }
}
