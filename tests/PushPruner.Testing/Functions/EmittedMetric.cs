namespace PushPruner.Testing.Functions;

/// <param name="Dimensions">Their names with commas between.</param>
sealed record EmittedMetric(string Namespace, string Name, string Unit, string Dimensions);
