import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.factory.Nd4j;

class NegativeRate { // also: RATE-4 RATE-5
    public static void main(String[] arguments) {
        for (double retained : new double[] {2, Double.NaN, Double.POSITIVE_INFINITY}) { // rates -1, NaN and -Infinity
            var x = Nd4j.ones(1, 8);
            new Dropout(retained).applyDropout(x, x, 0, 0, LayerWorkspaceMgr.noWorkspaces());
            System.out.println(x); // answered: a retain probability of 0 or below is refused, nothing else is
        }
    }
}
