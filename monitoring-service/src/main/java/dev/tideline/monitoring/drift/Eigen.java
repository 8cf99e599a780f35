package dev.tideline.monitoring.drift;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Eigenvalues of a symmetric matrix, largest first, by cyclic Jacobi rotations (Golub, Van Loan, Matrix Computations, section 8.5).
 *
 * @param vectors one per row
 */
record Eigen(double[] values, double[][] vectors) {

    private static final int MAX_SWEEPS = 60;
    private static final double ENOUGH = 1e-20;

    static Eigen of(double[][] symmetric) {
        int size = symmetric.length;
        double[][] a = new double[size][];
        double[][] v = new double[size][size];
        for (int i = 0; i < size; i++) {
            a[i] = symmetric[i].clone();
            v[i][i] = 1;
        }
        for (int sweep = 0; sweep < MAX_SWEEPS && offDiagonal(a) > ENOUGH; sweep++) {
            for (int p = 0; p < size; p++) {
                for (int q = p + 1; q < size; q++) {
                    rotate(a, v, p, q);
                }
            }
        }
        int[] order = IntStream.range(0, size).boxed().sorted(Comparator.comparingDouble(i -> -a[i][i])).mapToInt(i -> i).toArray();
        double[] values = new double[size];
        double[][] vectors = new double[size][size];
        for (int rank = 0; rank < size; rank++) {
            values[rank] = a[order[rank]][order[rank]];
            for (int i = 0; i < size; i++) {
                vectors[rank][i] = v[i][order[rank]];
            }
        }
        return new Eigen(values, vectors);
    }

    private static double offDiagonal(double[][] a) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < i; j++) {
                sum += a[i][j] * a[i][j];
            }
        }
        return sum;
    }

    private static void rotate(double[][] a, double[][] v, int p, int q) {
        if (a[p][q] == 0) {
            return;
        }
        double theta = (a[q][q] - a[p][p]) / (2 * a[p][q]);
        double t = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
        double c = 1 / Math.sqrt(t * t + 1);
        double s = t * c;
        for (int k = 0; k < a.length; k++) {
            double kp = a[k][p];
            double kq = a[k][q];
            a[k][p] = c * kp - s * kq;
            a[k][q] = s * kp + c * kq;
        }
        for (int k = 0; k < a.length; k++) {
            double pk = a[p][k];
            double qk = a[q][k];
            a[p][k] = c * pk - s * qk;
            a[q][k] = s * pk + c * qk;
            double kp = v[k][p];
            double kq = v[k][q];
            v[k][p] = c * kp - s * kq;
            v[k][q] = s * kp + c * kq;
        }
    }
}
