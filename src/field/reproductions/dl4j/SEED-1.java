import org.nd4j.linalg.factory.Nd4j;

class SeedZero {
    public static void main(String[] arguments) throws InterruptedException {
        Nd4j.getRandom().setSeed(0);
        var first = Nd4j.rand(1, 8);
        Thread.sleep(20); // the time in milliseconds stands in for the seed
        Nd4j.getRandom().setSeed(0);
        if (first.equals(Nd4j.rand(1, 8))) System.exit(1);
    }
}
