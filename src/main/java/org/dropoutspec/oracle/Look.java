package org.dropoutspec.oracle;

import java.util.List;
import java.util.Optional;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Choices.RateOne;
import org.dropoutspec.implementation.Choices.Scaling;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.Result;
import org.dropoutspec.statistics.PackedMask;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Tensor;

/** One answer, compared with what its call has to give. */
public final class Look {
    private final CallAndAnswer answer;
    private final Sightings sightings = new Sightings();
    private final MaskedElements masked;
    private final boolean formed;

    Look(Description description, Chunks chunks, Call call, Result result) {
        boolean inverted = description.choices().scaling() == Scaling.INVERTED;
        this.answer = CallAndAnswer.of(call, result);
        this.masked = new MaskedElements(answer, inverted, chunks, sightings);
        this.formed = hasForm();
        if (formed) {
            look(
                    new MasklessAnswer(answer, inverted, sightings),
                    description.choices().rateOne());
        }
    }

    private void look(MasklessAnswer maskless, RateOne rateOne) {
        Call call = answer.call();
        if (!call.training()) {
            maskless.evaluated();
        } else if (call.rate() == 0 && call.mask().isEmpty()) {
            maskless.untouched("RATE-7");
        } else if (call.rate() == 1 && call.mask().isEmpty()) {
            if (rateOne == RateOne.ZEROS) {
                maskless.zeros();
            }
        } else if (call.rate() < 1) { // version 1.0 of the protocol says nothing of a given mask at rate 1
            masked.look();
        }
    }

    /** The requirements that the answer breaks; empty if there are none. */
    public List<Sighting> sightings() {
        return sightings.all();
    }

    /** The mask that the answer to a training call shows, in the mask's shape; empty where a part of it is hidden. */
    public Optional<PackedMask> shownMask() {
        PackedMask shown = masked.dropped();
        PackedMask hidden = PackedMask.ofOutput(answer.x());
        if (hidden.count() == 0 && answer.call().noiseShape().isEmpty()) {
            return Optional.of(shown);
        }
        if (formed && answer.gradient().isPresent()) {
            shown = shown.replaced(hidden, PackedMask.ofOutput(answer.gradient().get()));
            hidden = hidden.and(PackedMask.ofOutput(answer.upstream().orElseThrow()));
        }
        int[] first = answer.firstShown(answer.groups(), hidden);
        boolean[] mask = new boolean[first.length];
        for (int m = 0; m < mask.length; m++) {
            if (first[m] < 0) {
                return Optional.empty();
            }
            mask[m] = shown.dropped(first[m]);
        }
        return Optional.of(PackedMask.of(mask));
    }

    /** Whether a part of a training call was left out, so that the answer shows no mask. */
    public boolean leavesAPartOut() {
        return masked.leaveAPartOut();
    }

    private boolean hasForm() {
        Call call = answer.call();
        Tensor x = answer.x();
        Tensor y = answer.y();
        DType dtype = answer.dtype();
        boolean strided = answer.isStrided();
        if (y.dtype() != dtype) {
            sightings.see("FWD-5", () -> "expected " + dtype + ", got " + y.dtype());
        }
        if (!y.shape().equals(x.shape())) {
            sightings.see(strided ? "SHAPE-8" : "FWD-6", () -> "expected " + x.shape() + ", got " + y.shape());
        }
        answer.gradient()
                .filter(dx -> dx.dtype() != dtype || !dx.shape().equals(x.shape()))
                .ifPresent(dx -> sightings.see(
                        strided && dx.dtype() == dtype ? "SHAPE-8" : "BWD-9",
                        () -> "expected " + dtype + " " + x.shape() + ", got " + dx.dtype() + " " + dx.shape()));
        answer.reported()
                .filter(mask -> mask.dtype() != DType.BOOL || !mask.shape().equals(call.maskShape()))
                .ifPresent(mask -> sightings.see(
                        "MASK-5",
                        () -> "expected bool " + call.maskShape() + ", got " + mask.dtype() + " " + mask.shape()));
        return sightings.isEmpty();
    }
}
