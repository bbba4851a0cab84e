namespace PushPruner.Tests.Model;

/// <summary>Which promise catches which defect. One that is caught by another promise than meant leaves the meant one unproven.</summary>
static class ExpectedCatches
{
    static readonly Dictionary<string, string> OfAPush = new()
    {
        [nameof(PushDefect.DeletesWithoutConfirming)] = "S1",
        [nameof(PushDefect.ConfirmIgnoresProtection)] = "S4",
        [nameof(PushDefect.ConfirmIgnoresAge)] = "S1",
        [nameof(PushDefect.ConfirmDoesNotAskForTheWindow)] = "S2",
        [nameof(PushDefect.DeletesByDigest)] = "S4",
        [nameof(PushDefect.DoesNotSpareItsOwn)] = "S7",
        [nameof(PushDefect.IgnoresPromotions)] = "Promotion",
        [nameof(PushDefect.AcknowledgesBeforeTheWork)] = "L1",
        [nameof(PushDefect.BooksTheDeleteBeforeItsAnswer)] = "L1",
        [nameof(PushDefect.RemovesTheRowBeforeTheTombstone)] = "Tombstone",
        [nameof(PushDefect.DoesNotAskAgain)] = "L1",
        [nameof(PushDefect.DoesNotRefileTheFormerBearer)] = "L1",
    };

    public static readonly Dictionary<string, Dictionary<string, string>> ByModel = new()
    {
        [Models.Push] = OfAPush,
        [Models.TwoPushes] = OfAPush,
        [Models.TagRaces] = new()
        {
            [nameof(TagDefect.DeletesByDigest)] = "S5",
            [nameof(TagDefect.ConfirmIgnoresProtection)] = "S4",
            [nameof(TagDefect.ConfirmIgnoresAge)] = "S1",
            [nameof(TagDefect.DeletesWithoutConfirming)] = "S1",
            [nameof(TagDefect.DeletesThePairsOfTheIndex)] = "S4",
            [nameof(TagDefect.EcrDeletesTheWholeImageByAPair)] = "S5",
        },
        [Models.Arrivals] = new()
        {
            [nameof(ProofDefect.CountsUnproven)] = "S2",
            [nameof(ProofDefect.TakesAPlatformTagForProof)] = "S2",
            [nameof(ProofDefect.ProvesBeforeItHasSettled)] = "S2",
            [nameof(ProofDefect.ProvesDespiteAnUnreadableIndex)] = "S2",
            [nameof(ProofDefect.PlacesTheIndexBeforeItClaimsMembers)] = "S2",
            [nameof(ProofDefect.WritesTheRowUnconditionally)] = "S2",
            [nameof(ProofDefect.ConfirmIgnoresAnUnreadableIndex)] = "S2",
        },
        [Models.Family] = new()
        {
            [nameof(FamilyDefect.DeletesPartsBeforeTheirOwner)] = "S3",
            [nameof(FamilyDefect.DoesNotAskWhetherTheOwnerIsGone)] = "S3",
            [nameof(FamilyDefect.ConfirmIgnoresTagsOfParts)] = "S4",
            [nameof(FamilyDefect.RemovesTheRowOfTheOwnerBeforeItsPartsGo)] = "L1",
            [nameof(FamilyDefect.DeletesByDigest)] = "S5",
            [nameof(FamilyDefect.EcrDeletesWhatALiveIndexNames)] = "S3",
        },
        [Models.Reconcile] = new()
        {
            [nameof(ReconcileDefect.DeletesAlthoughDry)] = "S6",
            [nameof(ReconcileDefect.ReportsWhatIsProtected)] = "S6",
            [nameof(ReconcileDefect.HasNoBreaker)] = "S8",
            [nameof(ReconcileDefect.ConfirmsOnlyTheFirstBatch)] = "S4",
            [nameof(ReconcileDefect.ConfirmIgnoresAge)] = "S1",
            [nameof(ReconcileDefect.FilesRowsUnconditionally)] = "L2",
            [nameof(ReconcileDefect.EndsAfterTheFirstBatch)] = "L2",
            [nameof(ReconcileDefect.RemovesNoRows)] = "L2",
        },
    };
}
