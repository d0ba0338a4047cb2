using System.Reflection;
using System.Reflection.Emit;

namespace Mtl.LocalSilo.Copying;

/// <summary>Sets members of <paramref name="copy"/> to copies of those of <paramref name="original"/>.</summary>
internal delegate void CopyMembers<T>(ref T copy, ref T original, Copier[] copiers, CopyScope scope);

/// <summary>Makes <see cref="CopyMembers{T}"/> functions, private and read-only fields included.</summary>
internal static class MemberCopying
{
    /// <summary>Copies each of the fields by the copier at its place, and sets the others to their types' defaults.</summary>
    public static CopyMembers<T> Compile<T>(IReadOnlyList<FieldInfo> copied, IReadOnlyList<FieldInfo> cleared)
    {
        var method = new DynamicMethod(
            $"Copy{typeof(T).Name}", null, [typeof(T).MakeByRefType(), typeof(T).MakeByRefType(), typeof(Copier[]), typeof(CopyScope)],
            typeof(MemberCopying).Module, skipVisibility: true);
        var il = method.GetILGenerator();
        for (var i = 0; i < copied.Count; i++)
        {
            var copier = typeof(Copier<>).MakeGenericType(copied[i].FieldType);
            LoadInstance<T>(il, OpCodes.Ldarg_0);
            il.Emit(OpCodes.Ldarg_2);
            il.Emit(OpCodes.Ldc_I4, i);
            il.Emit(OpCodes.Ldelem_Ref);
            il.Emit(OpCodes.Castclass, copier);
            LoadInstance<T>(il, OpCodes.Ldarg_1);
            il.Emit(OpCodes.Ldfld, copied[i]);
            il.Emit(OpCodes.Ldarg_3);
            il.Emit(OpCodes.Callvirt, copier.GetMethod(nameof(Copier<>.Copy))!);
            il.Emit(OpCodes.Stfld, copied[i]);
        }

        foreach (var field in cleared)
        {
            LoadInstance<T>(il, OpCodes.Ldarg_0);
            il.Emit(OpCodes.Ldflda, field);
            il.Emit(OpCodes.Initobj, field.FieldType);
        }

        il.Emit(OpCodes.Ret);
        return method.CreateDelegate<CopyMembers<T>>();
    }

    /// <summary>Fields of a class are reached through the object, those of a struct through its address.</summary>
    private static void LoadInstance<T>(ILGenerator il, OpCode argument)
    {
        il.Emit(argument);
        if (!typeof(T).IsValueType) il.Emit(OpCodes.Ldind_Ref);
    }
}
