package bsl.backbones;

/** InfoNCE and its gradient, worked out anchor by anchor in double precision. */
final class AnchorByAnchor {
  private static final double SMALLEST_NORM = 1e-12;

  private final double weight;
  private final double temperature;
  private final int[] anchors;
  private final int[] candidates;
  private final int[] positives;

  /**
   * @param anchors rows of the anchors' table
   * @param candidates rows of the candidates' table
   * @param positives position among the candidates of each anchor's own one
   */
  AnchorByAnchor(
      double weight, double temperature, int[] anchors, int[] candidates, int[] positives) {
    this.weight = weight;
    this.temperature = temperature;
    this.anchors = anchors;
    this.candidates = candidates;
    this.positives = positives;
  }

  double value(double[][] anchorTable, double[][] candidateTable) {
    double sum = 0;
    for (int r = 0; r < anchors.length; r++) {
      sum += Math.log(shares(r, anchorTable, candidateTable)[positives[r]]);
    }
    return -weight * sum / anchors.length;
  }

  /** Each candidate's share of an anchor's denominator. */
  private double[] shares(int r, double[][] anchorTable, double[][] candidateTable) {
    double[] shares = new double[candidates.length];
    double sum = 0;
    for (int j = 0; j < shares.length; j++) {
      double cosine = cosine(anchorTable[anchors[r]], candidateTable[candidates[j]]);
      shares[j] = Math.exp(cosine / temperature);
      sum += shares[j];
    }
    for (int j = 0; j < shares.length; j++) {
      shares[j] /= sum;
    }
    return shares;
  }

  /** Gradient by anchor, then gradient by candidate: d cos(a, c) / d a = (c' - cos a') / |a|. */
  double[][][] gradients(double[][] anchorTable, double[][] candidateTable) {
    int dimension = anchorTable[0].length;
    double[][] ofAnchors = new double[anchors.length][dimension];
    double[][] ofCandidates = new double[candidates.length][dimension];
    for (int r = 0; r < anchors.length; r++) {
      double[] a = anchorTable[anchors[r]];
      double[] shares = shares(r, anchorTable, candidateTable);
      for (int j = 0; j < candidates.length; j++) {
        double[] c = candidateTable[candidates[j]];
        double slope = shares[j] - (j == positives[r] ? 1 : 0);
        slope *= weight / (temperature * anchors.length);
        double cosine = cosine(a, c);
        double normA = norm(a);
        double normC = norm(c);
        for (int d = 0; d < dimension; d++) {
          double unitA = a[d] / normA;
          double unitC = c[d] / normC;
          ofAnchors[r][d] += slope * (unitC - cosine * unitA) / normA;
          ofCandidates[j][d] += slope * (unitA - cosine * unitC) / normC;
        }
      }
    }
    return new double[][][] {ofAnchors, ofCandidates};
  }

  private static double cosine(double[] a, double[] b) {
    double dot = 0;
    for (int d = 0; d < a.length; d++) {
      dot += a[d] * b[d];
    }
    return dot / norm(a) / norm(b);
  }

  private static double norm(double[] a) {
    double square = 0;
    for (double x : a) {
      square += x * x;
    }
    return Math.max(Math.sqrt(square), SMALLEST_NORM);
  }
}
