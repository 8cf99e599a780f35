package dev.tideline.platform.command;

/** What {@code tideline help} says. */
final class HelpText {

    static final String TEXT = """
            Tideline keeps TensorFlow models current on the JVM.

              tideline up      start Kafka, PostgreSQL and the four services; Ctrl-C stops them
              tideline demo    the same, and drive the loop: records, training, serving, drift, retraining
              tideline serve   serve models alone, with the flags of tensorflow_model_server; tideline serve --help lists them
              tideline train MODEL  train a model on a running platform and follow the job; --workers N, --elastic, --priority N
              tideline job ID  follow a job; exit status 0 only if it gave a model
              tideline help    this page

            Options of up and demo
              --data DIR       folder for everything that is kept (.tideline; demo: .tideline/demo, emptied first)
              --port-base N    first port of the platform (8500)
              --heap SIZE      largest heap of each service (384m)

            Options of demo
              --once           stop at the end; exit status 0 only if the loop closed and nothing was lost
              --short          fewer generated records and less waiting
              --report FILE    write the figures as JSON
              --csv FILE       replay a CSV file instead of the generated trips; its schema is inferred
              --label COLUMN   the column to predict, needed with --csv
              --key COLUMN     the column that identifies a row
              --time COLUMN    the column with the event time
              --rate N         rows per second of live traffic

            Ports, from the port base on: inference-service +1, ingest-service +10, training-service +20,
            monitoring-service +30, PostgreSQL +54, Kafka +92 and +93.""";

    private HelpText() {}
}
