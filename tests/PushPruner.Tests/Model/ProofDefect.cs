namespace PushPruner.Tests.Model;

/// <summary>One step left out of those that keep the parts of an image from being counted as images.</summary>
enum ProofDefect : byte
{
    None,
    CountsUnproven,
    TakesAPlatformTagForProof,
    ProvesBeforeItHasSettled,
    ProvesDespiteAnUnreadableIndex,
    PlacesTheIndexBeforeItClaimsMembers,
    WritesTheRowUnconditionally,
    ConfirmIgnoresAnUnreadableIndex,
}
