package dev.tideline.benchmarks.detectors;

import com.yahoo.labs.samoa.instances.Instance;
import dev.tideline.monitoring.detector.Detector;
import dev.tideline.monitoring.detector.DriftDetector;
import java.util.ArrayList;
import java.util.List;
import moa.classifiers.bayes.NaiveBayes;
import moa.classifiers.core.driftdetection.ADWINChangeDetector;
import moa.classifiers.core.driftdetection.AbstractChangeDetector;
import moa.classifiers.core.driftdetection.CusumDM;
import moa.classifiers.core.driftdetection.DDM;
import moa.classifiers.core.driftdetection.HDDM_A_Test;
import moa.classifiers.core.driftdetection.HDDM_W_Test;
import moa.classifiers.core.driftdetection.PageHinkleyDM;

/**
 * Test-then-train with MOA's naive Bayes, begun anew at each alarm of our detector; MOA's sees the same errors.
 *
 * @param ours  rows at which ours was sure
 * @param moas  rows at which MOA's was
 * @param right share of right answers
 */
record Race(List<Integer> ours, List<Integer> moas, double right) {

    static Race run(MoaStream stream, Detector kind, int seed, int rows, int width) throws Exception {
        MoaStream.Rows source = stream.open(seed, rows / 5, width);
        NaiveBayes learner = new NaiveBayes();
        learner.setModelContext(source.header());
        learner.prepareForUse();
        AbstractChangeDetector rival = rival(kind);
        DriftDetector mine = kind.start();
        List<Integer> ours = new ArrayList<>();
        List<Integer> moas = new ArrayList<>();
        int right = 0;
        for (int i = 0; i < rows; i++) {
            Instance row = source.next();
            boolean isRight = learner.correctlyClassifies(row);
            right += isRight ? 1 : 0;
            mine = mine.next(isRight ? 0 : 1);
            rival.input(isRight ? 0 : 1);
            if (rival.getChange()) {
                moas.add(i);
            }
            if (mine.level() == DriftDetector.Level.DRIFT) {
                ours.add(i);
                learner.resetLearning();
            }
            learner.trainOnInstance(row);
        }
        return new Race(ours, moas, (double) right / rows);
    }

    private static AbstractChangeDetector rival(Detector kind) {
        AbstractChangeDetector rival = switch (kind) {
            case HDDM_A -> new HDDM_A_Test();
            case HDDM_W -> new HDDM_W_Test();
            case ADWIN -> new ADWINChangeDetector();
            case CUSUM -> new CusumDM();
            case PAGE_HINKLEY -> new PageHinkleyDM();
            case DDM -> new DDM();
        };
        if (rival instanceof HDDM_A_Test hddm) {
            // Two-sided by default, which also fires when a model gets better.
            hddm.oneSidedTestOption.setChosenIndex(0);
        }
        rival.prepareForUse();
        return rival;
    }
}
