import org.nd4j.linalg.factory.Nd4j;

class Neighbours {
    public static void main(String[] arguments) {
        int alike = 0; // how often the second of eight numbers is on the same side of a half as under the seed before
        boolean before = false;
        for (long seed = 1_000_000; seed < 1_001_000; seed++, alike += before == (before = second(seed)) ? 1 : 0);
        System.exit(alike < 400 ? 0 : 1); // 500 are expected
    }
    static boolean second(long seed) { Nd4j.getRandom().setSeed(seed); return Nd4j.rand(1, 8).getDouble(1) > 0.5; }
}
