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
              tideline backtest  replay a labelled history through the retraining policy, with real training; no Kafka, no PostgreSQL
              tideline replay-log  send logged predictions to a service again and compare its answers with the log
              tideline warm-up-file  make a version's warm-up file of the last logged predictions
              tideline help    this page

            Options of up and demo
              --data DIR       folder for everything that is kept (.tideline; demo: .tideline/demo, emptied first)
              --port-base N    first port of the platform (8500)
              --heap SIZE      largest heap of each service (384m)

            Options of up
              --bucket URL     keep datasets and models in s3://bucket/prefix; its address and keys as in docs/how-to/s3.md

            Options of demo
              --once           stop at the end; exit status 0 only if the loop closed and nothing was lost
              --short          fewer generated records and less waiting
              --report FILE    write the figures as JSON
              --csv FILE       replay a CSV file instead of the generated trips; its schema is inferred
              --label COLUMN   the column to predict, needed with --csv
              --key COLUMN     the column that identifies a row
              --time COLUMN    the column with the event time
              --rate N         rows per second of live traffic

            Options of backtest
              --csv FILE       the history, oldest row first, with a header
              --label COLUMN   the column to predict
              --policy FILE    retraining policy as JSON (the service's defaults)
              --model FILE     model definition as JSON (a small network over all columns)
              --delay N        rows after which a label arrives (0)
              --history N      rows that the first version is trained on (2000, a fifth of a short file)
              --key COLUMN     the column that identifies a row
              --time COLUMN    the column with the event time (a row a second)
              --detector NAME  HDDM_A, HDDM_W, ADWIN, CUSUM, PAGE_HINKLEY or DDM (HDDM_A)
              --seed N         of every training (1)
              --threads N      of every training (0: all cores)
              --out DIR        report.html with the picture, report.json (.tideline/backtest/NAME of the file)
              --alone          leave out never, every 5,000 and every 1,000 rows

            Options of replay-log
              --log PATH       a TFRecord file of logged predictions, or a folder of them
              --to URL         the service to ask (http://127.0.0.1:8501)
              --model NAME     only this model's predictions
              --rate N         requests per second (100)
              --tolerance X    difference of two numbers that counts as equal, relative above 1 (0.0001)

            Options of warm-up-file
              --log PATH       as above
              --to URL         a service that serves the model, for types and shapes (http://127.0.0.1:8501)
              --model NAME     the model
              --records N      how many of the last predictions, at most 1000 (100)
              --out FILE       file to write (tf_serving_warmup_requests); it belongs into assets.extra of a version's folder

            Ports, from the port base on: inference-service +1, ingest-service +10, training-service +20,
            monitoring-service +30, PostgreSQL +54, Kafka +92 and +93.""";

    private HelpText() {}
}
