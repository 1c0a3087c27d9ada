import org.deeplearning4j.nn.conf.dropout.Dropout;

class AnyRate { // also: RATE-4
    public static void main(String[] arguments) {
        // taken: a probability to retain of 0 or below is refused, and nothing else is
        for (double retained : new double[] {2, Double.NaN, Double.POSITIVE_INFINITY}) // rates -1, NaN and -Infinity
            System.out.println(new Dropout(retained).getP());
    }
}
