// Written by ops/embed-templates from the files in Templates; change those.
// swift-format-ignore-file

/// The templates that are part of the program.
enum BuiltInTemplates {
    /// Path below Templates to text.
    static let files: [String: String] = [
"README.md": #"""
# The mails to customers

One folder per locale (`en`, `de`, `de-AT`), in it three files per mail: `NAME.subject.mustache` (one line), `NAME.text.mustache`
(plain text) and `NAME.html.mustache`. Files with other names are partials: `{{> items}}` in an HTML file includes `items.html.mustache`,
in a text file `items.text.mustache`.

To change a mail, copy its file into a folder of your own, at the same path, and name that folder in `OMS_TEMPLATES`. Every file that is
not there is taken from the built-in ones. A locale like `de-AT` needs only the files that differ from `de`; a new language needs all.
All files are checked at start: an unknown name, a missing partial or an open section is told with file and line.

The language is mustache (<https://mustache.github.io>): `{{name}}` inserts, `{{#name}}…{{/name}}` repeats for each or shows where there
is one, `{{^name}}…{{/name}}` shows where there is none, `{{! … }}` is a comment. Everything inserted into HTML is escaped; the forms that
switch this off are refused. Every text is one line, amounts and dates are formatted for the reader's locale.

| mail | when |
|---|---|
| `order_confirmation` | the order was accepted |
| `order_backordered` | goods of it are not there yet |
| `shipment_dispatched` | a parcel has left |
| `shipment_delivered` | a parcel has arrived |
| `invoice_issued` | an invoice was issued, usually attached |
| `order_cancelled` | the order, or part of it, was cancelled |
| `pickup_ready` | goods lie ready to be collected at a store |
| `pickup_expired` | goods that lay ready were not collected in time, and are cancelled |
| `promise_changed` | goods come later than was told |

| in every mail | |
|---|---|
| `subject` | the subject as rendered (not in the subject itself) |
| `locale` | for example `de-AT` |
| `customer.name` | |
| `order.id` `.date` | |
| `order.items` | all goods: each `quantity`, `name`, `sku`, `amount`; at most 100, then `order.moreItems` says how many more |
| `order.subtotal` `.discounts` `.shipping` `.tax` `.total` `.pricesIncludeTax` | discounts have `name` and `amount`; `tax` only where prices do not include it |
| `shippingAddress.name` `.street` `.cityLine` `.country` | the country only where it is not the seller's |
| `pickup` `pickup.location` `.street` `.cityLine` | only where the customer collects the order; the store's name and address where they are known |
| `handedOver` | all goods were handed over at a till |
| `seller.name` `.street` `.cityLine` `.country` `.vatId` `.email` `.phone` | |

| in | |
|---|---|
| `order_backordered` | `waiting.single`: it is one unit alone; `waiting.items`: each also `expected`, the day the goods are expected, where one is known, and `preorder` where they were sold as such; `waiting.moreItems`; `there.items`, `.moreItems`: what lies in stock and comes with them, where there is any |
| `shipment_dispatched`, `shipment_delivered` | `parcel.carrier`, `.trackingNumber`, `.trackingUrl` (only a plain http or https link), `.items`, `.moreItems`; `remaining.items`, `.moreItems`: what is still to come, where there is any |
| `invoice_issued` | `invoice.number`, `.date`, `.total`, `.attached` |
| `order_cancelled` | `cancelled.single`, `.items`, `.moreItems`; `wholeOrder`; `paymentFailed` |
| `pickup_ready` | `ready.single`, `.items`, `.moreItems`; `keepUntil`: the day until which they are kept; `remaining.items`, `.moreItems`: what is still to come, where there is any |
| `pickup_expired` | `expired.single`, `.items`, `.moreItems` |
| `promise_changed` | `later.items`, each with `expected` and `preorder` as in `order_backordered`, `.moreItems`; `dateless`: of some of them no day is known |
| `order_confirmation`, `shipment_dispatched`, `promise_changed` | `delivery.from`, `delivery.to`: the days between which the goods arrive, where they are known; `from` only where it is another day |

"""#,
"de/address.html.mustache": #"""
<bdi>{{shippingAddress.name}}</bdi><br>
<bdi>{{shippingAddress.street}}</bdi><br>
<bdi>{{shippingAddress.cityLine}}</bdi>{{#shippingAddress.country}}<br>
{{shippingAddress.country}}{{/shippingAddress.country}}

"""#,
"de/address.text.mustache": #"""
  {{shippingAddress.name}}
  {{shippingAddress.street}}
  {{shippingAddress.cityLine}}
{{#shippingAddress.country}}
  {{shippingAddress.country}}
{{/shippingAddress.country}}

"""#,
"de/awaited.html.mustache": #"""
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" class="line" style="border-collapse:collapse;margin:0 0 20px 0;border-bottom:1px solid #ebe9e4">
{{#items}}
<tr>
<td class="line" width="44" valign="top" style="padding:10px 12px 10px 0;border-top:1px solid #ebe9e4;font-size:15px;line-height:22px;white-space:nowrap">{{quantity}} ×</td>
<td class="line" valign="top" dir="auto" style="padding:10px 0;border-top:1px solid #ebe9e4;font-size:15px;line-height:22px;word-break:break-word">{{name}}<br><span class="soft" style="font-size:13px;line-height:18px;color:#6a7178"><bdi>{{sku}}</bdi>{{#preorder}} · vorbestellt{{/preorder}}{{#expected}} · erwartet am {{expected}}{{/expected}}</span></td>
</tr>
{{/items}}
{{#moreItems}}
<tr><td class="line soft" colspan="2" style="padding:10px 0;border-top:1px solid #ebe9e4;font-size:14px;line-height:22px;color:#6a7178">und {{moreItems}} weitere</td></tr>
{{/moreItems}}
</table>

"""#,
"de/awaited.text.mustache": #"""
{{#items}}
  {{quantity}} × {{name}} ({{sku}}){{#preorder}}, vorbestellt{{/preorder}}{{#expected}}, erwartet am {{expected}}{{/expected}}
{{/items}}
{{#moreItems}}
  und {{moreItems}} weitere
{{/moreItems}}

"""#,
"de/delivery.html.mustache": #"""
<p style="margin:0 0 20px 0;font-size:16px;line-height:24px;font-weight:600">{{#from}}Ankunft zwischen dem {{from}} und dem {{to}}.{{/from}}{{^from}}Ankunft am {{to}}.{{/from}}</p>

"""#,
"de/delivery.text.mustache": #"""
{{#from}}Ankunft zwischen dem {{from}} und dem {{to}}.{{/from}}{{^from}}Ankunft am {{to}}.{{/from}}

"""#,
"de/footer.html.mustache": #"""
</td></tr>
<tr><td class="pad line soft" style="padding:20px 32px 26px 32px;border-top:1px solid #ebe9e4;font-size:13px;line-height:20px;color:#6a7178">
<div style="margin:0 0 10px 0">Fragen? Antworten Sie einfach auf diese E-Mail{{#seller.email}} oder schreiben Sie an {{seller.email}}{{/seller.email}}{{#seller.phone}}, oder rufen Sie an: <span style="white-space:nowrap">{{seller.phone}}</span>{{/seller.phone}}.</div>
<bdi>{{seller.name}}</bdi> · <bdi>{{seller.street}}</bdi> · <bdi>{{seller.cityLine}}</bdi> · {{seller.country}}{{#seller.vatId}}<br>
USt-IdNr. {{seller.vatId}}{{/seller.vatId}}
</td></tr>
</table>
</td></tr></table>
</div>
</body>
</html>

"""#,
"de/footer.text.mustache": #"""

Fragen? Antworten Sie einfach auf diese E-Mail{{#seller.email}} oder schreiben Sie an {{seller.email}}{{/seller.email}}{{#seller.phone}}, oder rufen Sie an: {{seller.phone}}{{/seller.phone}}.

-- 
{{seller.name}}
{{seller.street}}, {{seller.cityLine}}, {{seller.country}}
{{#seller.vatId}}
USt-IdNr. {{seller.vatId}}
{{/seller.vatId}}

"""#,
"de/header.html.mustache": #"""
<!DOCTYPE html>
<html lang="{{locale}}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>{{subject}}</title>
<style>
  :root { color-scheme: light dark; }
  a { color: #1f5f8b; }
  @media (max-width: 480px) {
    .page { padding: 0 !important; }
    .card { border-radius: 0 !important; border-left: 0 !important; border-right: 0 !important; }
    .pad { padding-left: 20px !important; padding-right: 20px !important; }
  }
  @media (prefers-color-scheme: dark) {
    .page { background: #15181b !important; }
    .card { background: #1f2327 !important; border-color: #343a40 !important; }
    .ink, .ink td, .ink p, .ink h1 { color: #e6e8ea !important; }
    .soft, .ink td .soft, .ink td.soft { color: #a3abb3 !important; }
    .line { border-color: #343a40 !important; }
    .panel { background: #272c31 !important; }
    .button { background: #e6e8ea !important; color: #15181b !important; }
    a { color: #8cc4ea; }
  }
</style>
</head>
<body style="margin:0;padding:0">
<div class="page" style="background:#f3f2ef;padding:32px 12px">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="border-collapse:collapse"><tr><td align="center">
<table role="presentation" class="card ink" width="100%" cellpadding="0" cellspacing="0" style="max-width:600px;background:#ffffff;border:1px solid #e2e0da;border-radius:8px;border-collapse:separate;color:#22262a;font-family:-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif">
<tr><td class="pad line" dir="auto" style="padding:22px 32px;border-bottom:1px solid #ebe9e4;font-size:15px;line-height:20px;font-weight:600;letter-spacing:0.2px">{{seller.name}}</td></tr>
<tr><td class="pad" style="padding:28px 32px 12px 32px;font-size:16px;line-height:24px">

"""#,
"de/header.text.mustache": #"""
Guten Tag {{customer.name}},


"""#,
"de/invoice_issued.html.mustache": #"""
{{> header}}
<div style="display:none;max-height:0;overflow:hidden">{{invoice.total}}</div>
<h1 style="margin:0 0 12px 0;font-size:24px;line-height:30px;font-weight:600">Ihre Rechnung</h1>
<p style="margin:0 0 16px 0;font-size:16px;line-height:24px">Guten Tag <bdi>{{customer.name}}</bdi>,</p>
<p style="margin:0 0 16px 0;font-size:16px;line-height:24px">{{#invoice.attached}}Im Anhang finden Sie die Rechnung über die Artikel, die wir Ihnen gesandt haben.{{/invoice.attached}}{{^invoice.attached}}Die Rechnung über die Artikel, die wir Ihnen gesandt haben, ist ausgestellt.{{/invoice.attached}}</p>
<p class="soft" style="margin:0 0 20px 0;font-size:14px;line-height:20px;color:#6a7178">Bestellung {{order.id}} vom {{order.date}}</p>
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="border-collapse:collapse;margin:0 0 24px 0">
<tr><td dir="auto" style="padding:3px 0;font-size:15px;line-height:22px">Rechnungsnummer</td><td align="right" style="padding:3px 0 3px 12px;font-size:15px;line-height:22px;white-space:nowrap">{{invoice.number}}</td></tr>
<tr><td dir="auto" style="padding:3px 0;font-size:15px;line-height:22px">Datum</td><td align="right" style="padding:3px 0 3px 12px;font-size:15px;line-height:22px;white-space:nowrap">{{invoice.date}}</td></tr>
<tr><td class="line" style="padding:10px 0 0 0;font-size:17px;line-height:24px;font-weight:600">Betrag</td><td class="line" align="right" style="padding:10px 0 0 12px;font-size:17px;line-height:24px;font-weight:600;white-space:nowrap">{{invoice.total}}</td></tr>
</table>
{{> footer}}

"""#,
"de/invoice_issued.subject.mustache": #"""
Rechnung {{invoice.number}} zu Ihrer Bestellung {{order.id}}

"""#,
"de/invoice_issued.text.mustache": #"""
{{> header}}
{{#invoice.attached}}Im Anhang finden Sie die Rechnung über die Artikel, die wir Ihnen gesandt haben.{{/invoice.attached}}{{^invoice.attached}}Die Rechnung über die Artikel, die wir Ihnen gesandt haben, ist ausgestellt.{{/invoice.attached}}

Bestellung {{order.id}} vom {{order.date}}

  Rechnungsnummer: {{invoice.number}}
  Datum: {{invoice.date}}
  Betrag: {{invoice.total}}
{{> footer}}

"""#,
"de/items.html.mustache": #"""
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" class="line" style="border-collapse:collapse;margin:0 0 20px 0;border-bottom:1px solid #ebe9e4">
{{#items}}
<tr>
<td class="line" width="44" valign="top" style="padding:10px 12px 10px 0;border-top:1px solid #ebe9e4;font-size:15px;line-height:22px;white-space:nowrap">{{quantity}} ×</td>
<td class="line" valign="top" dir="auto" style="padding:10px 0;border-top:1px solid #ebe9e4;font-size:15px;line-height:22px;word-break:break-word">{{name}}<br><span class="soft" style="font-size:13px;line-height:18px;color:#6a7178"><bdi>{{sku}}</bdi></span></td>
{{#amount}}
<td class="line" valign="top" align="right" style="padding:10px 0 10px 12px;border-top:1px solid #ebe9e4;font-size:15px;line-height:22px;white-space:nowrap">{{amount}}</td>
{{/amount}}
</tr>
{{/items}}
{{#moreItems}}
<tr><td class="line soft" colspan="3" style="padding:10px 0;border-top:1px solid #ebe9e4;font-size:14px;line-height:22px;color:#6a7178">und {{moreItems}} weitere</td></tr>
{{/moreItems}}
</table>

"""#,
"de/items.text.mustache": #"""
{{#items}}
  {{quantity}} × {{name}} ({{sku}}){{#amount}}  {{amount}}{{/amount}}
{{/items}}
{{#moreItems}}
  und {{moreItems}} weitere
{{/moreItems}}

"""#,
"de/order_backordered.html.mustache": #"""
{{> header}}
<div style="display:none;max-height:0;overflow:hidden">Sie brauchen nichts zu tun.</div>
<h1 style="margin:0 0 12px 0;font-size:24px;line-height:30px;font-weight:600">{{#waiting.single}}Ein Artikel braucht länger{{/waiting.single}}{{^waiting.single}}Einige Artikel brauchen länger{{/waiting.single}}</h1>
<p style="margin:0 0 16px 0;font-size:16px;line-height:24px">Guten Tag <bdi>{{customer.name}}</bdi>,</p>
<p style="margin:0 0 16px 0;font-size:16px;line-height:24px">{{#waiting.single}}Dieser Artikel Ihrer Bestellung ist gerade nicht auf Lager. Er wird in der Reihenfolge der Bestellungen für Sie reserviert und {{^pickup}}versandt{{/pickup}}{{#pickup}}zur Abholung bereitgelegt{{/pickup}}, sobald er eintrifft.{{/waiting.single}}{{^waiting.single}}Diese Artikel Ihrer Bestellung sind gerade nicht auf Lager. Sie werden in der Reihenfolge der Bestellungen für Sie reserviert und {{^pickup}}versandt{{/pickup}}{{#pickup}}zur Abholung bereitgelegt{{/pickup}}, sobald sie eintreffen.{{/waiting.single}} Sie brauchen nichts zu tun.</p>
<p class="soft" style="margin:0 0 20px 0;font-size:14px;line-height:20px;color:#6a7178">Bestellung {{order.id}} vom {{order.date}}</p>
{{#waiting}}
{{> awaited}}
{{/waiting}}
{{#there}}
<p style="margin:8px 0 8px 0;font-size:15px;line-height:22px;font-weight:600">Zurzeit auf Lager, kommt zusammen mit dem, was noch fehlt</p>
{{> items}}
{{/there}}
{{^handedOver}}
{{#pickup}}
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="border-collapse:separate;margin:0 0 20px 0"><tr><td class="panel" style="padding:14px 18px;background:#f7f6f3;border-radius:6px;font-size:15px;line-height:22px">
<span class="soft" style="font-size:13px;line-height:20px;color:#6a7178">Zur Abholung</span><br>
<bdi>{{^pickup.location}}in unserem Geschäft{{/pickup.location}}{{pickup.location}}</bdi>
</td></tr></table>
{{/pickup}}
{{^pickup}}
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="border-collapse:separate;margin:0 0 20px 0"><tr><td class="panel" style="padding:14px 18px;background:#f7f6f3;border-radius:6px;font-size:15px;line-height:22px">
<span class="soft" style="font-size:13px;line-height:20px;color:#6a7178">Lieferung an</span><br>
{{> address}}
</td></tr></table>
{{/pickup}}
{{/handedOver}}
{{> footer}}

"""#,
"de/order_backordered.subject.mustache": #"""
Ihre Bestellung {{order.id}}: {{#waiting.single}}ein Artikel braucht länger{{/waiting.single}}{{^waiting.single}}einige Artikel brauchen länger{{/waiting.single}}

"""#,
"de/order_backordered.text.mustache": #"""
{{> header}}
{{#waiting.single}}Dieser Artikel Ihrer Bestellung ist gerade nicht auf Lager. Er wird in der Reihenfolge der Bestellungen für Sie reserviert und {{^pickup}}versandt{{/pickup}}{{#pickup}}zur Abholung bereitgelegt{{/pickup}}, sobald er eintrifft.{{/waiting.single}}{{^waiting.single}}Diese Artikel Ihrer Bestellung sind gerade nicht auf Lager. Sie werden in der Reihenfolge der Bestellungen für Sie reserviert und {{^pickup}}versandt{{/pickup}}{{#pickup}}zur Abholung bereitgelegt{{/pickup}}, sobald sie eintreffen.{{/waiting.single}} Sie brauchen nichts zu tun.

Bestellung {{order.id}} vom {{order.date}}
{{#pickup}}

Zur Abholung: {{^pickup.location}}in unserem Geschäft{{/pickup.location}}{{pickup.location}}
{{#pickup.street}}
{{pickup.street}}
{{/pickup.street}}
{{#pickup.cityLine}}
{{pickup.cityLine}}
{{/pickup.cityLine}}
{{/pickup}}

{{#waiting}}
{{> awaited}}
{{/waiting}}
{{#there}}

Zurzeit auf Lager, kommt zusammen mit dem, was noch fehlt:
{{> items}}
{{/there}}
{{> footer}}

"""#,
"de/order_cancelled.html.mustache": #"""
{{> header}}
<div style="display:none;max-height:0;overflow:hidden">{{order.id}}</div>
<h1 style="margin:0 0 12px 0;font-size:24px;line-height:30px;font-weight:600">{{#wholeOrder}}Ihre Bestellung ist storniert{{/wholeOrder}}{{^wholeOrder}}Artikel Ihrer Bestellung sind storniert{{/wholeOrder}}</h1>
<p style="margin:0 0 16px 0;font-size:16px;line-height:24px">Guten Tag <bdi>{{customer.name}}</bdi>,</p>
<p style="margin:0 0 16px 0;font-size:16px;line-height:24px">{{#paymentFailed}}Die Zahlung Ihrer Bestellung war nicht erfolgreich, deshalb haben wir sie storniert.{{/paymentFailed}}{{^paymentFailed}}{{#wholeOrder}}Ihre Bestellung wurde storniert.{{/wholeOrder}}{{^wholeOrder}}{{#cancelled.single}}Dieser Artikel Ihrer Bestellung wurde storniert; der Rest ist davon nicht betroffen.{{/cancelled.single}}{{^cancelled.single}}Diese Artikel Ihrer Bestellung wurden storniert; der Rest ist davon nicht betroffen.{{/cancelled.single}}{{/wholeOrder}}{{/paymentFailed}} Was storniert ist, wird Ihnen nicht berechnet; haben Sie es schon bezahlt, erhalten Sie den Betrag zurück.</p>
<p class="soft" style="margin:0 0 20px 0;font-size:14px;line-height:20px;color:#6a7178">Bestellung {{order.id}} vom {{order.date}}</p>
{{#cancelled}}
{{> items}}
{{/cancelled}}
{{> footer}}

"""#,
"de/order_cancelled.subject.mustache": #"""
{{#wholeOrder}}Ihre Bestellung {{order.id}} ist storniert{{/wholeOrder}}{{^wholeOrder}}{{#cancelled.single}}Ein Artikel Ihrer Bestellung {{order.id}} ist{{/cancelled.single}}{{^cancelled.single}}Artikel Ihrer Bestellung {{order.id}} sind{{/cancelled.single}} storniert{{/wholeOrder}}

"""#,
"de/order_cancelled.text.mustache": #"""
{{> header}}
{{#paymentFailed}}Die Zahlung Ihrer Bestellung war nicht erfolgreich, deshalb haben wir sie storniert.{{/paymentFailed}}{{^paymentFailed}}{{#wholeOrder}}Ihre Bestellung wurde storniert.{{/wholeOrder}}{{^wholeOrder}}{{#cancelled.single}}Dieser Artikel Ihrer Bestellung wurde storniert; der Rest ist davon nicht betroffen.{{/cancelled.single}}{{^cancelled.single}}Diese Artikel Ihrer Bestellung wurden storniert; der Rest ist davon nicht betroffen.{{/cancelled.single}}{{/wholeOrder}}{{/paymentFailed}} Was storniert ist, wird Ihnen nicht berechnet; haben Sie es schon bezahlt, erhalten Sie den Betrag zurück.

Bestellung {{order.id}} vom {{order.date}}

{{#cancelled}}
{{> items}}
{{/cancelled}}
{{> footer}}

"""#,
"de/order_confirmation.html.mustache": #"""
{{> header}}
<div style="display:none;max-height:0;overflow:hidden">{{order.total}} · {{order.date}}</div>
<h1 style="margin:0 0 12px 0;font-size:24px;line-height:30px;font-weight:600">Vielen Dank für Ihre Bestellung</h1>
<p style="margin:0 0 16px 0;font-size:16px;line-height:24px">Guten Tag <bdi>{{customer.name}}</bdi>,</p>
<p style="margin:0 0 16px 0;font-size:16px;line-height:24px">{{#handedOver}}Das haben Sie gekauft und mitgenommen.{{/handedOver}}{{^handedOver}}Wir haben sie erhalten. {{#pickup}}Sie hören von uns, sobald sie abgeholt werden kann.{{/pickup}}{{^pickup}}Sie hören wieder von uns, sobald ein Paket unterwegs ist.{{/pickup}}{{/handedOver}}</p>
<p class="soft" style="margin:0 0 20px 0;font-size:14px;line-height:20px;color:#6a7178">Bestellung {{order.id}} vom {{order.date}}</p>
{{#delivery}}
{{> delivery}}
{{/delivery}}
{{#order}}
{{> items}}
{{/order}}
{{> totals}}
{{^handedOver}}
{{#pickup}}
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="border-collapse:separate;margin:0 0 20px 0"><tr><td class="panel" style="padding:14px 18px;background:#f7f6f3;border-radius:6px;font-size:15px;line-height:22px">
<span class="soft" style="font-size:13px;line-height:20px;color:#6a7178">Zur Abholung</span><br>
<bdi>{{^pickup.location}}in unserem Geschäft{{/pickup.location}}{{pickup.location}}</bdi>
</td></tr></table>
{{/pickup}}
{{^pickup}}
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="border-collapse:separate;margin:0 0 20px 0"><tr><td class="panel" style="padding:14px 18px;background:#f7f6f3;border-radius:6px;font-size:15px;line-height:22px">
<span class="soft" style="font-size:13px;line-height:20px;color:#6a7178">Lieferung an</span><br>
{{> address}}
</td></tr></table>
{{/pickup}}
{{/handedOver}}
{{> footer}}

"""#,
"de/order_confirmation.subject.mustache": #"""
Ihre Bestellung {{order.id}}

"""#,
"de/order_confirmation.text.mustache": #"""
{{> header}}
Vielen Dank für Ihre Bestellung. {{#handedOver}}Das haben Sie gekauft und mitgenommen.{{/handedOver}}{{^handedOver}}Wir haben sie erhalten. {{#pickup}}Sie hören von uns, sobald sie abgeholt werden kann.{{/pickup}}{{^pickup}}Sie hören wieder von uns, sobald ein Paket unterwegs ist.{{/pickup}}{{/handedOver}}

Bestellung {{order.id}} vom {{order.date}}
{{#delivery}}

{{> delivery}}
{{/delivery}}

{{#order}}
{{> items}}
{{/order}}

{{> totals}}
{{^handedOver}}

{{#pickup}}
Zur Abholung: {{^pickup.location}}in unserem Geschäft{{/pickup.location}}{{pickup.location}}
{{/pickup}}
{{^pickup}}
Lieferung an:
{{> address}}
{{/pickup}}
{{/handedOver}}
{{> footer}}

"""#,
"de/pickup_expired.html.mustache": #"""
{{> header}}
<div style="display:none;max-height:0;overflow:hidden">{{order.id}}</div>
<h1 style="margin:0 0 12px 0;font-size:24px;line-height:30px;font-weight:600">{{#expired.single}}Ihr Artikel wurde nicht abgeholt{{/expired.single}}{{^expired.single}}Ihre Artikel wurden nicht abgeholt{{/expired.single}}</h1>
<p style="margin:0 0 16px 0;font-size:16px;line-height:24px">Guten Tag <bdi>{{customer.name}}</bdi>,</p>
<p style="margin:0 0 16px 0;font-size:16px;line-height:24px">{{#expired.single}}Wir haben diesen Artikel für Sie aufbewahrt, er wurde aber nicht rechtzeitig abgeholt. Er ist jetzt storniert und wieder im Verkauf. Er wird Ihnen nicht berechnet; haben Sie ihn schon bezahlt, erhalten Sie den Betrag zurück.{{/expired.single}}{{^expired.single}}Wir haben diese Artikel für Sie aufbewahrt, sie wurden aber nicht rechtzeitig abgeholt. Sie sind jetzt storniert und wieder im Verkauf. Sie werden Ihnen nicht berechnet; haben Sie sie schon bezahlt, erhalten Sie den Betrag zurück.{{/expired.single}}</p>
<p class="soft" style="margin:0 0 20px 0;font-size:14px;line-height:20px;color:#6a7178">Bestellung {{order.id}} vom {{order.date}}</p>
{{#expired}}
{{> items}}
{{/expired}}
{{> footer}}

"""#,
"de/pickup_expired.subject.mustache": #"""
Nicht abgeholt: Bestellung {{order.id}}

"""#,
"de/pickup_expired.text.mustache": #"""
{{> header}}
{{#expired.single}}Wir haben diesen Artikel für Sie aufbewahrt, er wurde aber nicht rechtzeitig abgeholt. Er ist jetzt storniert und wieder im Verkauf. Er wird Ihnen nicht berechnet; haben Sie ihn schon bezahlt, erhalten Sie den Betrag zurück.{{/expired.single}}{{^expired.single}}Wir haben diese Artikel für Sie aufbewahrt, sie wurden aber nicht rechtzeitig abgeholt. Sie sind jetzt storniert und wieder im Verkauf. Sie werden Ihnen nicht berechnet; haben Sie sie schon bezahlt, erhalten Sie den Betrag zurück.{{/expired.single}}

Bestellung {{order.id}} vom {{order.date}}

{{#expired}}
{{> items}}
{{/expired}}
{{> footer}}

"""#,
"de/pickup_ready.html.mustache": #"""
{{> header}}
<div style="display:none;max-height:0;overflow:hidden">Aufbewahrt bis {{keepUntil}}</div>
<h1 style="margin:0 0 12px 0;font-size:24px;line-height:30px;font-weight:600">Bereit zur Abholung</h1>
<p style="margin:0 0 16px 0;font-size:16px;line-height:24px">Guten Tag <bdi>{{customer.name}}</bdi>,</p>
<p style="margin:0 0 16px 0;font-size:16px;line-height:24px">{{#remaining}}Ein Teil Ihrer Bestellung liegt{{/remaining}}{{^remaining}}Ihre Bestellung liegt{{/remaining}} für Sie bereit. Bringen Sie bitte die Bestellnummer mit; wir bewahren {{#ready.single}}den{{/ready.single}}{{^ready.single}}die{{/ready.single}} Artikel bis zum {{keepUntil}} für Sie auf.</p>
<p class="soft" style="margin:0 0 20px 0;font-size:14px;line-height:20px;color:#6a7178">Bestellung {{order.id}} vom {{order.date}}</p>
{{#pickup}}
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="border-collapse:separate;margin:0 0 20px 0"><tr><td class="panel" style="padding:14px 18px;background:#f7f6f3;border-radius:6px;font-size:15px;line-height:22px">
<span class="soft" style="font-size:13px;line-height:20px;color:#6a7178">Zur Abholung</span><br>
<bdi>{{^pickup.location}}in unserem Geschäft{{/pickup.location}}{{pickup.location}}</bdi>
{{#pickup.street}}
<br><bdi>{{pickup.street}}</bdi>
{{/pickup.street}}
{{#pickup.cityLine}}
<br><bdi>{{pickup.cityLine}}</bdi>
{{/pickup.cityLine}}
</td></tr></table>
{{/pickup}}
<p style="margin:8px 0 8px 0;font-size:15px;line-height:22px;font-weight:600">Für Sie bereit</p>
{{#ready}}
{{> items}}
{{/ready}}
{{#remaining}}
<p style="margin:8px 0 8px 0;font-size:15px;line-height:22px;font-weight:600">Folgt noch</p>
{{> items}}
{{/remaining}}
{{> footer}}

"""#,
"de/pickup_ready.subject.mustache": #"""
{{#remaining}}Ein Teil Ihrer{{/remaining}}{{^remaining}}Ihre{{/remaining}} Bestellung {{order.id}} liegt zur Abholung bereit

"""#,
"de/pickup_ready.text.mustache": #"""
{{> header}}
{{#remaining}}Ein Teil Ihrer Bestellung liegt{{/remaining}}{{^remaining}}Ihre Bestellung liegt{{/remaining}} für Sie bereit. Bringen Sie bitte die Bestellnummer mit; wir bewahren {{#ready.single}}den{{/ready.single}}{{^ready.single}}die{{/ready.single}} Artikel bis zum {{keepUntil}} für Sie auf.

Bestellung {{order.id}} vom {{order.date}}
{{#pickup}}

Zur Abholung: {{^pickup.location}}in unserem Geschäft{{/pickup.location}}{{pickup.location}}
{{#pickup.street}}
{{pickup.street}}
{{/pickup.street}}
{{#pickup.cityLine}}
{{pickup.cityLine}}
{{/pickup.cityLine}}
{{/pickup}}

Für Sie bereit:
{{#ready}}
{{> items}}
{{/ready}}
{{#remaining}}

Folgt noch:
{{> items}}
{{/remaining}}
{{> footer}}

"""#,
"de/promise_changed.html.mustache": #"""
{{> header}}
<div style="display:none;max-height:0;overflow:hidden">Es gibt einen neuen Termin.</div>
<h1 style="margin:0 0 12px 0;font-size:24px;line-height:30px;font-weight:600">Ihre Artikel kommen später an</h1>
<p style="margin:0 0 16px 0;font-size:16px;line-height:24px">Guten Tag <bdi>{{customer.name}}</bdi>,</p>
<p style="margin:0 0 16px 0;font-size:16px;line-height:24px">Es tut uns leid: Diese Artikel Ihrer Bestellung kommen später an, als wir Ihnen gesagt haben. Sie brauchen nichts zu tun.</p>
<p class="soft" style="margin:0 0 20px 0;font-size:14px;line-height:20px;color:#6a7178">Bestellung {{order.id}} vom {{order.date}}</p>
{{#delivery}}
{{> delivery}}
{{/delivery}}
{{#dateless}}
<p style="margin:0 0 16px 0;font-size:16px;line-height:24px">Für Artikel ohne Termin kennen wir noch keinen neuen. Wir schreiben Ihnen, sobald sie unterwegs sind.</p>
{{/dateless}}
{{#later}}
{{> awaited}}
{{/later}}
{{^handedOver}}
{{#pickup}}
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="border-collapse:separate;margin:0 0 20px 0"><tr><td class="panel" style="padding:14px 18px;background:#f7f6f3;border-radius:6px;font-size:15px;line-height:22px">
<span class="soft" style="font-size:13px;line-height:20px;color:#6a7178">Zur Abholung</span><br>
<bdi>{{^pickup.location}}in unserem Geschäft{{/pickup.location}}{{pickup.location}}</bdi>
</td></tr></table>
{{/pickup}}
{{^pickup}}
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="border-collapse:separate;margin:0 0 20px 0"><tr><td class="panel" style="padding:14px 18px;background:#f7f6f3;border-radius:6px;font-size:15px;line-height:22px">
<span class="soft" style="font-size:13px;line-height:20px;color:#6a7178">Lieferung an</span><br>
{{> address}}
</td></tr></table>
{{/pickup}}
{{/handedOver}}
{{> footer}}

"""#,
"de/promise_changed.subject.mustache": #"""
Ihre Bestellung {{order.id}} kommt später an

"""#,
"de/promise_changed.text.mustache": #"""
{{> header}}
Es tut uns leid: Diese Artikel Ihrer Bestellung kommen später an, als wir Ihnen gesagt haben. Sie brauchen nichts zu tun.

Bestellung {{order.id}} vom {{order.date}}
{{#delivery}}

{{> delivery}}
{{/delivery}}
{{#dateless}}

Für Artikel ohne Termin kennen wir noch keinen neuen. Wir schreiben Ihnen, sobald sie unterwegs sind.
{{/dateless}}

{{#later}}
{{> awaited}}
{{/later}}
{{> footer}}

"""#,
"de/shipment_delivered.html.mustache": #"""
{{> header}}
<div style="display:none;max-height:0;overflow:hidden">{{parcel.carrier}} {{parcel.trackingNumber}}</div>
<h1 style="margin:0 0 12px 0;font-size:24px;line-height:30px;font-weight:600">Ihr Paket ist angekommen</h1>
<p style="margin:0 0 16px 0;font-size:16px;line-height:24px">Guten Tag <bdi>{{customer.name}}</bdi>,</p>
<p style="margin:0 0 16px 0;font-size:16px;line-height:24px">{{parcel.carrier}} meldet, dass dieses Paket zugestellt wurde. Wenn Sie es nicht finden, sagen Sie uns bitte Bescheid.</p>
<p class="soft" style="margin:0 0 20px 0;font-size:14px;line-height:20px;color:#6a7178">Bestellung {{order.id}} vom {{order.date}}</p>
{{#parcel.trackingUrl}}
<p style="margin:0 0 20px 0"><a class="button" href="{{parcel.trackingUrl}}" style="display:inline-block;padding:12px 22px;background:#22262a;color:#ffffff;border-radius:6px;font-size:15px;line-height:20px;font-weight:600;text-decoration:none">Sendung verfolgen</a></p>
{{/parcel.trackingUrl}}
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="border-collapse:separate;margin:0 0 20px 0"><tr><td class="panel" style="padding:14px 18px;background:#f7f6f3;border-radius:6px;font-size:15px;line-height:22px">
<span class="soft" style="font-size:13px;line-height:20px;color:#6a7178">Paketdienst und Sendungsnummer</span><br>
{{parcel.carrier}} · <span style="word-break:break-all">{{parcel.trackingNumber}}</span>
</td></tr></table>
<p style="margin:8px 0 8px 0;font-size:15px;line-height:22px;font-weight:600">In diesem Paket</p>
{{#parcel}}
{{> items}}
{{/parcel}}
{{#remaining}}
<p style="margin:8px 0 8px 0;font-size:15px;line-height:22px;font-weight:600">Folgt noch</p>
{{> items}}
{{/remaining}}
{{> footer}}

"""#,
"de/shipment_delivered.subject.mustache": #"""
Zugestellt: {{#remaining}}ein Teil Ihrer{{/remaining}}{{^remaining}}Ihre{{/remaining}} Bestellung {{order.id}}

"""#,
"de/shipment_delivered.text.mustache": #"""
{{> header}}
{{parcel.carrier}} meldet, dass dieses Paket zugestellt wurde. Wenn Sie es nicht finden, sagen Sie uns bitte Bescheid.

Bestellung {{order.id}} vom {{order.date}}

Paketdienst und Sendungsnummer: {{parcel.carrier}}, {{parcel.trackingNumber}}
{{#parcel.trackingUrl}}
Sendung verfolgen: {{parcel.trackingUrl}}
{{/parcel.trackingUrl}}

In diesem Paket:
{{#parcel}}
{{> items}}
{{/parcel}}
{{#remaining}}

Folgt noch:
{{> items}}
{{/remaining}}
{{> footer}}

"""#,
"de/shipment_dispatched.html.mustache": #"""
{{> header}}
<div style="display:none;max-height:0;overflow:hidden">{{parcel.carrier}} {{parcel.trackingNumber}}</div>
<h1 style="margin:0 0 12px 0;font-size:24px;line-height:30px;font-weight:600">{{#remaining}}Ein Teil Ihrer Bestellung{{/remaining}}{{^remaining}}Ihre Bestellung{{/remaining}} ist unterwegs</h1>
<p style="margin:0 0 16px 0;font-size:16px;line-height:24px">Guten Tag <bdi>{{customer.name}}</bdi>,</p>
<p style="margin:0 0 16px 0;font-size:16px;line-height:24px">{{#remaining}}Wir haben dieses Paket an {{parcel.carrier}} übergeben. Der Rest Ihrer Bestellung kommt getrennt.{{/remaining}}{{^remaining}}Wir haben Ihr Paket an {{parcel.carrier}} übergeben.{{/remaining}}</p>
<p class="soft" style="margin:0 0 20px 0;font-size:14px;line-height:20px;color:#6a7178">Bestellung {{order.id}} vom {{order.date}}</p>
{{#delivery}}
{{> delivery}}
{{/delivery}}
{{#parcel.trackingUrl}}
<p style="margin:0 0 20px 0"><a class="button" href="{{parcel.trackingUrl}}" style="display:inline-block;padding:12px 22px;background:#22262a;color:#ffffff;border-radius:6px;font-size:15px;line-height:20px;font-weight:600;text-decoration:none">Sendung verfolgen</a></p>
{{/parcel.trackingUrl}}
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="border-collapse:separate;margin:0 0 20px 0"><tr><td class="panel" style="padding:14px 18px;background:#f7f6f3;border-radius:6px;font-size:15px;line-height:22px">
<span class="soft" style="font-size:13px;line-height:20px;color:#6a7178">Paketdienst und Sendungsnummer</span><br>
{{parcel.carrier}} · <span style="word-break:break-all">{{parcel.trackingNumber}}</span>
</td></tr></table>
<p style="margin:8px 0 8px 0;font-size:15px;line-height:22px;font-weight:600">In diesem Paket</p>
{{#parcel}}
{{> items}}
{{/parcel}}
{{#remaining}}
<p style="margin:8px 0 8px 0;font-size:15px;line-height:22px;font-weight:600">Folgt noch</p>
{{> items}}
{{/remaining}}
{{^handedOver}}
{{#pickup}}
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="border-collapse:separate;margin:0 0 20px 0"><tr><td class="panel" style="padding:14px 18px;background:#f7f6f3;border-radius:6px;font-size:15px;line-height:22px">
<span class="soft" style="font-size:13px;line-height:20px;color:#6a7178">Zur Abholung</span><br>
<bdi>{{^pickup.location}}in unserem Geschäft{{/pickup.location}}{{pickup.location}}</bdi>
</td></tr></table>
{{/pickup}}
{{^pickup}}
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="border-collapse:separate;margin:0 0 20px 0"><tr><td class="panel" style="padding:14px 18px;background:#f7f6f3;border-radius:6px;font-size:15px;line-height:22px">
<span class="soft" style="font-size:13px;line-height:20px;color:#6a7178">Lieferung an</span><br>
{{> address}}
</td></tr></table>
{{/pickup}}
{{/handedOver}}
{{> footer}}

"""#,
"de/shipment_dispatched.subject.mustache": #"""
{{#remaining}}Ein Teil Ihrer Bestellung {{order.id}} ist unterwegs{{/remaining}}{{^remaining}}Ihre Bestellung {{order.id}} ist unterwegs{{/remaining}}

"""#,
"de/shipment_dispatched.text.mustache": #"""
{{> header}}
{{#remaining}}Wir haben dieses Paket an {{parcel.carrier}} übergeben. Der Rest Ihrer Bestellung kommt getrennt.{{/remaining}}{{^remaining}}Wir haben Ihr Paket an {{parcel.carrier}} übergeben.{{/remaining}}

Bestellung {{order.id}} vom {{order.date}}
{{#delivery}}

{{> delivery}}
{{/delivery}}

Paketdienst und Sendungsnummer: {{parcel.carrier}}, {{parcel.trackingNumber}}
{{#parcel.trackingUrl}}
Sendung verfolgen: {{parcel.trackingUrl}}
{{/parcel.trackingUrl}}

In diesem Paket:
{{#parcel}}
{{> items}}
{{/parcel}}
{{#remaining}}

Folgt noch:
{{> items}}
{{/remaining}}
{{^handedOver}}

{{#pickup}}
Zur Abholung: {{^pickup.location}}in unserem Geschäft{{/pickup.location}}{{pickup.location}}
{{/pickup}}
{{^pickup}}
Lieferung an:
{{> address}}
{{/pickup}}
{{/handedOver}}
{{> footer}}

"""#,
"de/totals.html.mustache": #"""
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="border-collapse:collapse;margin:0 0 24px 0">
<tr><td dir="auto" style="padding:3px 0;font-size:15px;line-height:22px">Waren</td><td align="right" style="padding:3px 0 3px 12px;font-size:15px;line-height:22px;white-space:nowrap">{{order.subtotal}}</td></tr>
{{#order.discounts}}
<tr><td dir="auto" style="padding:3px 0;font-size:15px;line-height:22px">{{name}}</td><td align="right" style="padding:3px 0 3px 12px;font-size:15px;line-height:22px;white-space:nowrap">{{amount}}</td></tr>
{{/order.discounts}}
{{#order.shipping}}
<tr><td dir="auto" style="padding:3px 0;font-size:15px;line-height:22px">Versand</td><td align="right" style="padding:3px 0 3px 12px;font-size:15px;line-height:22px;white-space:nowrap">{{order.shipping}}</td></tr>
{{/order.shipping}}
{{#order.tax}}
<tr><td dir="auto" style="padding:3px 0;font-size:15px;line-height:22px">Steuer</td><td align="right" style="padding:3px 0 3px 12px;font-size:15px;line-height:22px;white-space:nowrap">{{order.tax}}</td></tr>
{{/order.tax}}
<tr><td class="line" style="padding:12px 0 0 0;font-size:17px;line-height:24px;font-weight:600">Gesamtbetrag</td><td class="line" align="right" style="padding:12px 0 0 12px;font-size:17px;line-height:24px;font-weight:600;white-space:nowrap">{{order.total}}</td></tr>
{{#order.pricesIncludeTax}}
<tr><td class="soft" colspan="2" style="padding:2px 0 0 0;font-size:13px;line-height:18px;color:#6a7178">Steuer enthalten</td></tr>
{{/order.pricesIncludeTax}}
</table>

"""#,
"de/totals.text.mustache": #"""
  Waren: {{order.subtotal}}
{{#order.discounts}}
  {{name}}: {{amount}}
{{/order.discounts}}
{{#order.shipping}}
  Versand: {{order.shipping}}
{{/order.shipping}}
{{#order.tax}}
  Steuer: {{order.tax}}
{{/order.tax}}
  Gesamtbetrag: {{order.total}}{{#order.pricesIncludeTax}} (Steuer enthalten){{/order.pricesIncludeTax}}

"""#,
"en/address.html.mustache": #"""
<bdi>{{shippingAddress.name}}</bdi><br>
<bdi>{{shippingAddress.street}}</bdi><br>
<bdi>{{shippingAddress.cityLine}}</bdi>{{#shippingAddress.country}}<br>
{{shippingAddress.country}}{{/shippingAddress.country}}

"""#,
"en/address.text.mustache": #"""
  {{shippingAddress.name}}
  {{shippingAddress.street}}
  {{shippingAddress.cityLine}}
{{#shippingAddress.country}}
  {{shippingAddress.country}}
{{/shippingAddress.country}}

"""#,
"en/awaited.html.mustache": #"""
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" class="line" style="border-collapse:collapse;margin:0 0 20px 0;border-bottom:1px solid #ebe9e4">
{{#items}}
<tr>
<td class="line" width="44" valign="top" style="padding:10px 12px 10px 0;border-top:1px solid #ebe9e4;font-size:15px;line-height:22px;white-space:nowrap">{{quantity}} ×</td>
<td class="line" valign="top" dir="auto" style="padding:10px 0;border-top:1px solid #ebe9e4;font-size:15px;line-height:22px;word-break:break-word">{{name}}<br><span class="soft" style="font-size:13px;line-height:18px;color:#6a7178"><bdi>{{sku}}</bdi>{{#preorder}} · pre-ordered{{/preorder}}{{#expected}} · expected {{expected}}{{/expected}}</span></td>
</tr>
{{/items}}
{{#moreItems}}
<tr><td class="line soft" colspan="2" style="padding:10px 0;border-top:1px solid #ebe9e4;font-size:14px;line-height:22px;color:#6a7178">and {{moreItems}} more</td></tr>
{{/moreItems}}
</table>

"""#,
"en/awaited.text.mustache": #"""
{{#items}}
  {{quantity}} × {{name}} ({{sku}}){{#preorder}}, pre-ordered{{/preorder}}{{#expected}}, expected {{expected}}{{/expected}}
{{/items}}
{{#moreItems}}
  and {{moreItems}} more
{{/moreItems}}

"""#,
"en/delivery.html.mustache": #"""
<p style="margin:0 0 20px 0;font-size:16px;line-height:24px;font-weight:600">{{#from}}Arrives between {{from}} and {{to}}.{{/from}}{{^from}}Arrives on {{to}}.{{/from}}</p>

"""#,
"en/delivery.text.mustache": #"""
{{#from}}Arrives between {{from}} and {{to}}.{{/from}}{{^from}}Arrives on {{to}}.{{/from}}

"""#,
"en/footer.html.mustache": #"""
</td></tr>
<tr><td class="pad line soft" style="padding:20px 32px 26px 32px;border-top:1px solid #ebe9e4;font-size:13px;line-height:20px;color:#6a7178">
<div style="margin:0 0 10px 0">Questions? Just reply to this mail{{#seller.email}} or write to {{seller.email}}{{/seller.email}}{{#seller.phone}}, or call <span style="white-space:nowrap">{{seller.phone}}</span>{{/seller.phone}}.</div>
<bdi>{{seller.name}}</bdi> · <bdi>{{seller.street}}</bdi> · <bdi>{{seller.cityLine}}</bdi> · {{seller.country}}{{#seller.vatId}}<br>
VAT no. {{seller.vatId}}{{/seller.vatId}}
</td></tr>
</table>
</td></tr></table>
</div>
</body>
</html>

"""#,
"en/footer.text.mustache": #"""

Questions? Just reply to this mail{{#seller.email}} or write to {{seller.email}}{{/seller.email}}{{#seller.phone}}, or call {{seller.phone}}{{/seller.phone}}.

-- 
{{seller.name}}
{{seller.street}}, {{seller.cityLine}}, {{seller.country}}
{{#seller.vatId}}
VAT no. {{seller.vatId}}
{{/seller.vatId}}

"""#,
"en/header.html.mustache": #"""
<!DOCTYPE html>
<html lang="{{locale}}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>{{subject}}</title>
<style>
  :root { color-scheme: light dark; }
  a { color: #1f5f8b; }
  @media (max-width: 480px) {
    .page { padding: 0 !important; }
    .card { border-radius: 0 !important; border-left: 0 !important; border-right: 0 !important; }
    .pad { padding-left: 20px !important; padding-right: 20px !important; }
  }
  @media (prefers-color-scheme: dark) {
    .page { background: #15181b !important; }
    .card { background: #1f2327 !important; border-color: #343a40 !important; }
    .ink, .ink td, .ink p, .ink h1 { color: #e6e8ea !important; }
    .soft, .ink td .soft, .ink td.soft { color: #a3abb3 !important; }
    .line { border-color: #343a40 !important; }
    .panel { background: #272c31 !important; }
    .button { background: #e6e8ea !important; color: #15181b !important; }
    a { color: #8cc4ea; }
  }
</style>
</head>
<body style="margin:0;padding:0">
<div class="page" style="background:#f3f2ef;padding:32px 12px">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="border-collapse:collapse"><tr><td align="center">
<table role="presentation" class="card ink" width="100%" cellpadding="0" cellspacing="0" style="max-width:600px;background:#ffffff;border:1px solid #e2e0da;border-radius:8px;border-collapse:separate;color:#22262a;font-family:-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif">
<tr><td class="pad line" dir="auto" style="padding:22px 32px;border-bottom:1px solid #ebe9e4;font-size:15px;line-height:20px;font-weight:600;letter-spacing:0.2px">{{seller.name}}</td></tr>
<tr><td class="pad" style="padding:28px 32px 12px 32px;font-size:16px;line-height:24px">

"""#,
"en/header.text.mustache": #"""
Hello {{customer.name}},


"""#,
"en/invoice_issued.html.mustache": #"""
{{> header}}
<div style="display:none;max-height:0;overflow:hidden">{{invoice.total}}</div>
<h1 style="margin:0 0 12px 0;font-size:24px;line-height:30px;font-weight:600">Your invoice</h1>
<p style="margin:0 0 16px 0;font-size:16px;line-height:24px">Hello <bdi>{{customer.name}}</bdi>,</p>
<p style="margin:0 0 16px 0;font-size:16px;line-height:24px">{{#invoice.attached}}Attached is the invoice for the goods we have sent you.{{/invoice.attached}}{{^invoice.attached}}The invoice for the goods we have sent you has been issued.{{/invoice.attached}}</p>
<p class="soft" style="margin:0 0 20px 0;font-size:14px;line-height:20px;color:#6a7178">Order {{order.id}} of {{order.date}}</p>
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="border-collapse:collapse;margin:0 0 24px 0">
<tr><td dir="auto" style="padding:3px 0;font-size:15px;line-height:22px">Invoice number</td><td align="right" style="padding:3px 0 3px 12px;font-size:15px;line-height:22px;white-space:nowrap">{{invoice.number}}</td></tr>
<tr><td dir="auto" style="padding:3px 0;font-size:15px;line-height:22px">Date</td><td align="right" style="padding:3px 0 3px 12px;font-size:15px;line-height:22px;white-space:nowrap">{{invoice.date}}</td></tr>
<tr><td class="line" style="padding:10px 0 0 0;font-size:17px;line-height:24px;font-weight:600">Amount</td><td class="line" align="right" style="padding:10px 0 0 12px;font-size:17px;line-height:24px;font-weight:600;white-space:nowrap">{{invoice.total}}</td></tr>
</table>
{{> footer}}

"""#,
"en/invoice_issued.subject.mustache": #"""
Invoice {{invoice.number}} for your order {{order.id}}

"""#,
"en/invoice_issued.text.mustache": #"""
{{> header}}
{{#invoice.attached}}Attached is the invoice for the goods we have sent you.{{/invoice.attached}}{{^invoice.attached}}The invoice for the goods we have sent you has been issued.{{/invoice.attached}}

Order {{order.id}} of {{order.date}}

  Invoice number: {{invoice.number}}
  Date: {{invoice.date}}
  Amount: {{invoice.total}}
{{> footer}}

"""#,
"en/items.html.mustache": #"""
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" class="line" style="border-collapse:collapse;margin:0 0 20px 0;border-bottom:1px solid #ebe9e4">
{{#items}}
<tr>
<td class="line" width="44" valign="top" style="padding:10px 12px 10px 0;border-top:1px solid #ebe9e4;font-size:15px;line-height:22px;white-space:nowrap">{{quantity}} ×</td>
<td class="line" valign="top" dir="auto" style="padding:10px 0;border-top:1px solid #ebe9e4;font-size:15px;line-height:22px;word-break:break-word">{{name}}<br><span class="soft" style="font-size:13px;line-height:18px;color:#6a7178"><bdi>{{sku}}</bdi></span></td>
{{#amount}}
<td class="line" valign="top" align="right" style="padding:10px 0 10px 12px;border-top:1px solid #ebe9e4;font-size:15px;line-height:22px;white-space:nowrap">{{amount}}</td>
{{/amount}}
</tr>
{{/items}}
{{#moreItems}}
<tr><td class="line soft" colspan="3" style="padding:10px 0;border-top:1px solid #ebe9e4;font-size:14px;line-height:22px;color:#6a7178">and {{moreItems}} more</td></tr>
{{/moreItems}}
</table>

"""#,
"en/items.text.mustache": #"""
{{#items}}
  {{quantity}} × {{name}} ({{sku}}){{#amount}}  {{amount}}{{/amount}}
{{/items}}
{{#moreItems}}
  and {{moreItems}} more
{{/moreItems}}

"""#,
"en/order_backordered.html.mustache": #"""
{{> header}}
<div style="display:none;max-height:0;overflow:hidden">You need not do anything.</div>
<h1 style="margin:0 0 12px 0;font-size:24px;line-height:30px;font-weight:600">{{#waiting.single}}One item takes longer{{/waiting.single}}{{^waiting.single}}Some items take longer{{/waiting.single}}</h1>
<p style="margin:0 0 16px 0;font-size:16px;line-height:24px">Hello <bdi>{{customer.name}}</bdi>,</p>
<p style="margin:0 0 16px 0;font-size:16px;line-height:24px">{{#waiting.single}}This item of your order is not in stock at the moment. It is reserved for you in the order in which orders came in, and {{^pickup}}sent{{/pickup}}{{#pickup}}laid ready for you{{/pickup}} as soon as it arrives.{{/waiting.single}}{{^waiting.single}}These items of your order are not in stock at the moment. They are reserved for you in the order in which orders came in, and {{^pickup}}sent{{/pickup}}{{#pickup}}laid ready for you{{/pickup}} as soon as they arrive.{{/waiting.single}} You need not do anything.</p>
<p class="soft" style="margin:0 0 20px 0;font-size:14px;line-height:20px;color:#6a7178">Order {{order.id}} of {{order.date}}</p>
{{#waiting}}
{{> awaited}}
{{/waiting}}
{{#there}}
<p style="margin:8px 0 8px 0;font-size:15px;line-height:22px;font-weight:600">In stock at the moment, and comes together with what is missing</p>
{{> items}}
{{/there}}
{{^handedOver}}
{{#pickup}}
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="border-collapse:separate;margin:0 0 20px 0"><tr><td class="panel" style="padding:14px 18px;background:#f7f6f3;border-radius:6px;font-size:15px;line-height:22px">
<span class="soft" style="font-size:13px;line-height:20px;color:#6a7178">For collection at</span><br>
<bdi>{{^pickup.location}}our store{{/pickup.location}}{{pickup.location}}</bdi>
</td></tr></table>
{{/pickup}}
{{^pickup}}
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="border-collapse:separate;margin:0 0 20px 0"><tr><td class="panel" style="padding:14px 18px;background:#f7f6f3;border-radius:6px;font-size:15px;line-height:22px">
<span class="soft" style="font-size:13px;line-height:20px;color:#6a7178">Delivery to</span><br>
{{> address}}
</td></tr></table>
{{/pickup}}
{{/handedOver}}
{{> footer}}

"""#,
"en/order_backordered.subject.mustache": #"""
Your order {{order.id}}: {{#waiting.single}}one item takes longer{{/waiting.single}}{{^waiting.single}}some items take longer{{/waiting.single}}

"""#,
"en/order_backordered.text.mustache": #"""
{{> header}}
{{#waiting.single}}This item of your order is not in stock at the moment. It is reserved for you in the order in which orders came in, and {{^pickup}}sent{{/pickup}}{{#pickup}}laid ready for you{{/pickup}} as soon as it arrives.{{/waiting.single}}{{^waiting.single}}These items of your order are not in stock at the moment. They are reserved for you in the order in which orders came in, and {{^pickup}}sent{{/pickup}}{{#pickup}}laid ready for you{{/pickup}} as soon as they arrive.{{/waiting.single}} You need not do anything.

Order {{order.id}} of {{order.date}}
{{#pickup}}

For collection at: {{^pickup.location}}our store{{/pickup.location}}{{pickup.location}}
{{#pickup.street}}
{{pickup.street}}
{{/pickup.street}}
{{#pickup.cityLine}}
{{pickup.cityLine}}
{{/pickup.cityLine}}
{{/pickup}}

{{#waiting}}
{{> awaited}}
{{/waiting}}
{{#there}}

In stock at the moment, and comes together with what is missing:
{{> items}}
{{/there}}
{{> footer}}

"""#,
"en/order_cancelled.html.mustache": #"""
{{> header}}
<div style="display:none;max-height:0;overflow:hidden">{{order.id}}</div>
<h1 style="margin:0 0 12px 0;font-size:24px;line-height:30px;font-weight:600">{{#wholeOrder}}Your order is cancelled{{/wholeOrder}}{{^wholeOrder}}Goods of your order are cancelled{{/wholeOrder}}</h1>
<p style="margin:0 0 16px 0;font-size:16px;line-height:24px">Hello <bdi>{{customer.name}}</bdi>,</p>
<p style="margin:0 0 16px 0;font-size:16px;line-height:24px">{{#paymentFailed}}The payment for your order did not succeed, so we have cancelled it.{{/paymentFailed}}{{^paymentFailed}}{{#wholeOrder}}Your order has been cancelled.{{/wholeOrder}}{{^wholeOrder}}{{#cancelled.single}}This item of your order has been cancelled; the rest of it is not affected.{{/cancelled.single}}{{^cancelled.single}}These items of your order have been cancelled; the rest of it is not affected.{{/cancelled.single}}{{/wholeOrder}}{{/paymentFailed}} You are not charged for what is cancelled; if you have paid for it already, the amount is returned to you.</p>
<p class="soft" style="margin:0 0 20px 0;font-size:14px;line-height:20px;color:#6a7178">Order {{order.id}} of {{order.date}}</p>
{{#cancelled}}
{{> items}}
{{/cancelled}}
{{> footer}}

"""#,
"en/order_cancelled.subject.mustache": #"""
{{#wholeOrder}}Your order {{order.id}} is cancelled{{/wholeOrder}}{{^wholeOrder}}{{#cancelled.single}}One item of your order {{order.id}} is{{/cancelled.single}}{{^cancelled.single}}Items of your order {{order.id}} are{{/cancelled.single}} cancelled{{/wholeOrder}}

"""#,
"en/order_cancelled.text.mustache": #"""
{{> header}}
{{#paymentFailed}}The payment for your order did not succeed, so we have cancelled it.{{/paymentFailed}}{{^paymentFailed}}{{#wholeOrder}}Your order has been cancelled.{{/wholeOrder}}{{^wholeOrder}}{{#cancelled.single}}This item of your order has been cancelled; the rest of it is not affected.{{/cancelled.single}}{{^cancelled.single}}These items of your order have been cancelled; the rest of it is not affected.{{/cancelled.single}}{{/wholeOrder}}{{/paymentFailed}} You are not charged for what is cancelled; if you have paid for it already, the amount is returned to you.

Order {{order.id}} of {{order.date}}

{{#cancelled}}
{{> items}}
{{/cancelled}}
{{> footer}}

"""#,
"en/order_confirmation.html.mustache": #"""
{{> header}}
<div style="display:none;max-height:0;overflow:hidden">{{order.total}} · {{order.date}}</div>
<h1 style="margin:0 0 12px 0;font-size:24px;line-height:30px;font-weight:600">Thank you for your order</h1>
<p style="margin:0 0 16px 0;font-size:16px;line-height:24px">Hello <bdi>{{customer.name}}</bdi>,</p>
<p style="margin:0 0 16px 0;font-size:16px;line-height:24px">{{#handedOver}}Here is what you have bought and taken with you.{{/handedOver}}{{^handedOver}}We have received it. {{#pickup}}You hear from us as soon as it is ready to be collected.{{/pickup}}{{^pickup}}You hear from us again as soon as a parcel is on its way.{{/pickup}}{{/handedOver}}</p>
<p class="soft" style="margin:0 0 20px 0;font-size:14px;line-height:20px;color:#6a7178">Order {{order.id}} of {{order.date}}</p>
{{#delivery}}
{{> delivery}}
{{/delivery}}
{{#order}}
{{> items}}
{{/order}}
{{> totals}}
{{^handedOver}}
{{#pickup}}
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="border-collapse:separate;margin:0 0 20px 0"><tr><td class="panel" style="padding:14px 18px;background:#f7f6f3;border-radius:6px;font-size:15px;line-height:22px">
<span class="soft" style="font-size:13px;line-height:20px;color:#6a7178">For collection at</span><br>
<bdi>{{^pickup.location}}our store{{/pickup.location}}{{pickup.location}}</bdi>
</td></tr></table>
{{/pickup}}
{{^pickup}}
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="border-collapse:separate;margin:0 0 20px 0"><tr><td class="panel" style="padding:14px 18px;background:#f7f6f3;border-radius:6px;font-size:15px;line-height:22px">
<span class="soft" style="font-size:13px;line-height:20px;color:#6a7178">Delivery to</span><br>
{{> address}}
</td></tr></table>
{{/pickup}}
{{/handedOver}}
{{> footer}}

"""#,
"en/order_confirmation.subject.mustache": #"""
Your order {{order.id}}

"""#,
"en/order_confirmation.text.mustache": #"""
{{> header}}
Thank you for your order. {{#handedOver}}Here is what you have bought and taken with you.{{/handedOver}}{{^handedOver}}We have received it. {{#pickup}}You hear from us as soon as it is ready to be collected.{{/pickup}}{{^pickup}}You hear from us again as soon as a parcel is on its way.{{/pickup}}{{/handedOver}}

Order {{order.id}} of {{order.date}}
{{#delivery}}

{{> delivery}}
{{/delivery}}

{{#order}}
{{> items}}
{{/order}}

{{> totals}}
{{^handedOver}}

{{#pickup}}
For collection at: {{^pickup.location}}our store{{/pickup.location}}{{pickup.location}}
{{/pickup}}
{{^pickup}}
Delivery to:
{{> address}}
{{/pickup}}
{{/handedOver}}
{{> footer}}

"""#,
"en/pickup_expired.html.mustache": #"""
{{> header}}
<div style="display:none;max-height:0;overflow:hidden">{{order.id}}</div>
<h1 style="margin:0 0 12px 0;font-size:24px;line-height:30px;font-weight:600">{{#expired.single}}Your item was not collected{{/expired.single}}{{^expired.single}}Your items were not collected{{/expired.single}}</h1>
<p style="margin:0 0 16px 0;font-size:16px;line-height:24px">Hello <bdi>{{customer.name}}</bdi>,</p>
<p style="margin:0 0 16px 0;font-size:16px;line-height:24px">{{#expired.single}}We have kept this item for you, but it was not collected in time. It is cancelled now and back on sale. You are not charged for it; if you have paid for it already, the amount is returned to you.{{/expired.single}}{{^expired.single}}We have kept these items for you, but they were not collected in time. They are cancelled now and back on sale. You are not charged for them; if you have paid for them already, the amount is returned to you.{{/expired.single}}</p>
<p class="soft" style="margin:0 0 20px 0;font-size:14px;line-height:20px;color:#6a7178">Order {{order.id}} of {{order.date}}</p>
{{#expired}}
{{> items}}
{{/expired}}
{{> footer}}

"""#,
"en/pickup_expired.subject.mustache": #"""
Not collected: order {{order.id}}

"""#,
"en/pickup_expired.text.mustache": #"""
{{> header}}
{{#expired.single}}We have kept this item for you, but it was not collected in time. It is cancelled now and back on sale. You are not charged for it; if you have paid for it already, the amount is returned to you.{{/expired.single}}{{^expired.single}}We have kept these items for you, but they were not collected in time. They are cancelled now and back on sale. You are not charged for them; if you have paid for them already, the amount is returned to you.{{/expired.single}}

Order {{order.id}} of {{order.date}}

{{#expired}}
{{> items}}
{{/expired}}
{{> footer}}

"""#,
"en/pickup_ready.html.mustache": #"""
{{> header}}
<div style="display:none;max-height:0;overflow:hidden">Kept until {{keepUntil}}</div>
<h1 style="margin:0 0 12px 0;font-size:24px;line-height:30px;font-weight:600">Ready to be collected</h1>
<p style="margin:0 0 16px 0;font-size:16px;line-height:24px">Hello <bdi>{{customer.name}}</bdi>,</p>
<p style="margin:0 0 16px 0;font-size:16px;line-height:24px">{{#remaining}}Part of your order lies{{/remaining}}{{^remaining}}Your order lies{{/remaining}} ready for you. Please bring the order number with you; we keep {{#ready.single}}it{{/ready.single}}{{^ready.single}}the items{{/ready.single}} for you until {{keepUntil}}.</p>
<p class="soft" style="margin:0 0 20px 0;font-size:14px;line-height:20px;color:#6a7178">Order {{order.id}} of {{order.date}}</p>
{{#pickup}}
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="border-collapse:separate;margin:0 0 20px 0"><tr><td class="panel" style="padding:14px 18px;background:#f7f6f3;border-radius:6px;font-size:15px;line-height:22px">
<span class="soft" style="font-size:13px;line-height:20px;color:#6a7178">For collection at</span><br>
<bdi>{{^pickup.location}}our store{{/pickup.location}}{{pickup.location}}</bdi>
{{#pickup.street}}
<br><bdi>{{pickup.street}}</bdi>
{{/pickup.street}}
{{#pickup.cityLine}}
<br><bdi>{{pickup.cityLine}}</bdi>
{{/pickup.cityLine}}
</td></tr></table>
{{/pickup}}
<p style="margin:8px 0 8px 0;font-size:15px;line-height:22px;font-weight:600">Ready for you</p>
{{#ready}}
{{> items}}
{{/ready}}
{{#remaining}}
<p style="margin:8px 0 8px 0;font-size:15px;line-height:22px;font-weight:600">Still to come</p>
{{> items}}
{{/remaining}}
{{> footer}}

"""#,
"en/pickup_ready.subject.mustache": #"""
{{#remaining}}Part of your{{/remaining}}{{^remaining}}Your{{/remaining}} order {{order.id}} is ready to be collected

"""#,
"en/pickup_ready.text.mustache": #"""
{{> header}}
{{#remaining}}Part of your order lies{{/remaining}}{{^remaining}}Your order lies{{/remaining}} ready for you. Please bring the order number with you; we keep {{#ready.single}}it{{/ready.single}}{{^ready.single}}the items{{/ready.single}} for you until {{keepUntil}}.

Order {{order.id}} of {{order.date}}
{{#pickup}}

For collection at: {{^pickup.location}}our store{{/pickup.location}}{{pickup.location}}
{{#pickup.street}}
{{pickup.street}}
{{/pickup.street}}
{{#pickup.cityLine}}
{{pickup.cityLine}}
{{/pickup.cityLine}}
{{/pickup}}

Ready for you:
{{#ready}}
{{> items}}
{{/ready}}
{{#remaining}}

Still to come:
{{> items}}
{{/remaining}}
{{> footer}}

"""#,
"en/promise_changed.html.mustache": #"""
{{> header}}
<div style="display:none;max-height:0;overflow:hidden">There is a new date.</div>
<h1 style="margin:0 0 12px 0;font-size:24px;line-height:30px;font-weight:600">Your goods arrive later</h1>
<p style="margin:0 0 16px 0;font-size:16px;line-height:24px">Hello <bdi>{{customer.name}}</bdi>,</p>
<p style="margin:0 0 16px 0;font-size:16px;line-height:24px">We are sorry: these goods of your order arrive later than we told you. You need not do anything.</p>
<p class="soft" style="margin:0 0 20px 0;font-size:14px;line-height:20px;color:#6a7178">Order {{order.id}} of {{order.date}}</p>
{{#delivery}}
{{> delivery}}
{{/delivery}}
{{#dateless}}
<p style="margin:0 0 16px 0;font-size:16px;line-height:24px">Of goods without a date below we do not know a new one yet. We write as soon as they are on their way.</p>
{{/dateless}}
{{#later}}
{{> awaited}}
{{/later}}
{{^handedOver}}
{{#pickup}}
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="border-collapse:separate;margin:0 0 20px 0"><tr><td class="panel" style="padding:14px 18px;background:#f7f6f3;border-radius:6px;font-size:15px;line-height:22px">
<span class="soft" style="font-size:13px;line-height:20px;color:#6a7178">For collection at</span><br>
<bdi>{{^pickup.location}}our store{{/pickup.location}}{{pickup.location}}</bdi>
</td></tr></table>
{{/pickup}}
{{^pickup}}
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="border-collapse:separate;margin:0 0 20px 0"><tr><td class="panel" style="padding:14px 18px;background:#f7f6f3;border-radius:6px;font-size:15px;line-height:22px">
<span class="soft" style="font-size:13px;line-height:20px;color:#6a7178">Delivery to</span><br>
{{> address}}
</td></tr></table>
{{/pickup}}
{{/handedOver}}
{{> footer}}

"""#,
"en/promise_changed.subject.mustache": #"""
Your order {{order.id}} arrives later

"""#,
"en/promise_changed.text.mustache": #"""
{{> header}}
We are sorry: these goods of your order arrive later than we told you. You need not do anything.

Order {{order.id}} of {{order.date}}
{{#delivery}}

{{> delivery}}
{{/delivery}}
{{#dateless}}

Of goods without a date below we do not know a new one yet. We write as soon as they are on their way.
{{/dateless}}

{{#later}}
{{> awaited}}
{{/later}}
{{> footer}}

"""#,
"en/shipment_delivered.html.mustache": #"""
{{> header}}
<div style="display:none;max-height:0;overflow:hidden">{{parcel.carrier}} {{parcel.trackingNumber}}</div>
<h1 style="margin:0 0 12px 0;font-size:24px;line-height:30px;font-weight:600">Your parcel has arrived</h1>
<p style="margin:0 0 16px 0;font-size:16px;line-height:24px">Hello <bdi>{{customer.name}}</bdi>,</p>
<p style="margin:0 0 16px 0;font-size:16px;line-height:24px">{{parcel.carrier}} reports that this parcel has been delivered. If you cannot find it, please let us know.</p>
<p class="soft" style="margin:0 0 20px 0;font-size:14px;line-height:20px;color:#6a7178">Order {{order.id}} of {{order.date}}</p>
{{#parcel.trackingUrl}}
<p style="margin:0 0 20px 0"><a class="button" href="{{parcel.trackingUrl}}" style="display:inline-block;padding:12px 22px;background:#22262a;color:#ffffff;border-radius:6px;font-size:15px;line-height:20px;font-weight:600;text-decoration:none">Track the parcel</a></p>
{{/parcel.trackingUrl}}
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="border-collapse:separate;margin:0 0 20px 0"><tr><td class="panel" style="padding:14px 18px;background:#f7f6f3;border-radius:6px;font-size:15px;line-height:22px">
<span class="soft" style="font-size:13px;line-height:20px;color:#6a7178">Carrier and tracking number</span><br>
{{parcel.carrier}} · <span style="word-break:break-all">{{parcel.trackingNumber}}</span>
</td></tr></table>
<p style="margin:8px 0 8px 0;font-size:15px;line-height:22px;font-weight:600">In this parcel</p>
{{#parcel}}
{{> items}}
{{/parcel}}
{{#remaining}}
<p style="margin:8px 0 8px 0;font-size:15px;line-height:22px;font-weight:600">Still to come</p>
{{> items}}
{{/remaining}}
{{> footer}}

"""#,
"en/shipment_delivered.subject.mustache": #"""
Delivered: {{#remaining}}part of your{{/remaining}}{{^remaining}}your{{/remaining}} order {{order.id}}

"""#,
"en/shipment_delivered.text.mustache": #"""
{{> header}}
{{parcel.carrier}} reports that this parcel has been delivered. If you cannot find it, please let us know.

Order {{order.id}} of {{order.date}}

Carrier and tracking number: {{parcel.carrier}}, {{parcel.trackingNumber}}
{{#parcel.trackingUrl}}
Track the parcel: {{parcel.trackingUrl}}
{{/parcel.trackingUrl}}

In this parcel:
{{#parcel}}
{{> items}}
{{/parcel}}
{{#remaining}}

Still to come:
{{> items}}
{{/remaining}}
{{> footer}}

"""#,
"en/shipment_dispatched.html.mustache": #"""
{{> header}}
<div style="display:none;max-height:0;overflow:hidden">{{parcel.carrier}} {{parcel.trackingNumber}}</div>
<h1 style="margin:0 0 12px 0;font-size:24px;line-height:30px;font-weight:600">{{#remaining}}Part of your order{{/remaining}}{{^remaining}}Your order{{/remaining}} is on its way</h1>
<p style="margin:0 0 16px 0;font-size:16px;line-height:24px">Hello <bdi>{{customer.name}}</bdi>,</p>
<p style="margin:0 0 16px 0;font-size:16px;line-height:24px">{{#remaining}}We have handed this parcel over to {{parcel.carrier}}. The rest of your order comes separately.{{/remaining}}{{^remaining}}We have handed your parcel over to {{parcel.carrier}}.{{/remaining}}</p>
<p class="soft" style="margin:0 0 20px 0;font-size:14px;line-height:20px;color:#6a7178">Order {{order.id}} of {{order.date}}</p>
{{#delivery}}
{{> delivery}}
{{/delivery}}
{{#parcel.trackingUrl}}
<p style="margin:0 0 20px 0"><a class="button" href="{{parcel.trackingUrl}}" style="display:inline-block;padding:12px 22px;background:#22262a;color:#ffffff;border-radius:6px;font-size:15px;line-height:20px;font-weight:600;text-decoration:none">Track the parcel</a></p>
{{/parcel.trackingUrl}}
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="border-collapse:separate;margin:0 0 20px 0"><tr><td class="panel" style="padding:14px 18px;background:#f7f6f3;border-radius:6px;font-size:15px;line-height:22px">
<span class="soft" style="font-size:13px;line-height:20px;color:#6a7178">Carrier and tracking number</span><br>
{{parcel.carrier}} · <span style="word-break:break-all">{{parcel.trackingNumber}}</span>
</td></tr></table>
<p style="margin:8px 0 8px 0;font-size:15px;line-height:22px;font-weight:600">In this parcel</p>
{{#parcel}}
{{> items}}
{{/parcel}}
{{#remaining}}
<p style="margin:8px 0 8px 0;font-size:15px;line-height:22px;font-weight:600">Still to come</p>
{{> items}}
{{/remaining}}
{{^handedOver}}
{{#pickup}}
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="border-collapse:separate;margin:0 0 20px 0"><tr><td class="panel" style="padding:14px 18px;background:#f7f6f3;border-radius:6px;font-size:15px;line-height:22px">
<span class="soft" style="font-size:13px;line-height:20px;color:#6a7178">For collection at</span><br>
<bdi>{{^pickup.location}}our store{{/pickup.location}}{{pickup.location}}</bdi>
</td></tr></table>
{{/pickup}}
{{^pickup}}
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="border-collapse:separate;margin:0 0 20px 0"><tr><td class="panel" style="padding:14px 18px;background:#f7f6f3;border-radius:6px;font-size:15px;line-height:22px">
<span class="soft" style="font-size:13px;line-height:20px;color:#6a7178">Delivery to</span><br>
{{> address}}
</td></tr></table>
{{/pickup}}
{{/handedOver}}
{{> footer}}

"""#,
"en/shipment_dispatched.subject.mustache": #"""
{{#remaining}}Part of your{{/remaining}}{{^remaining}}Your{{/remaining}} order {{order.id}} is on its way

"""#,
"en/shipment_dispatched.text.mustache": #"""
{{> header}}
{{#remaining}}We have handed this parcel over to {{parcel.carrier}}. The rest of your order comes separately.{{/remaining}}{{^remaining}}We have handed your parcel over to {{parcel.carrier}}.{{/remaining}}

Order {{order.id}} of {{order.date}}
{{#delivery}}

{{> delivery}}
{{/delivery}}

Carrier and tracking number: {{parcel.carrier}}, {{parcel.trackingNumber}}
{{#parcel.trackingUrl}}
Track the parcel: {{parcel.trackingUrl}}
{{/parcel.trackingUrl}}

In this parcel:
{{#parcel}}
{{> items}}
{{/parcel}}
{{#remaining}}

Still to come:
{{> items}}
{{/remaining}}
{{^handedOver}}

{{#pickup}}
For collection at: {{^pickup.location}}our store{{/pickup.location}}{{pickup.location}}
{{/pickup}}
{{^pickup}}
Delivery to:
{{> address}}
{{/pickup}}
{{/handedOver}}
{{> footer}}

"""#,
"en/totals.html.mustache": #"""
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="border-collapse:collapse;margin:0 0 24px 0">
<tr><td dir="auto" style="padding:3px 0;font-size:15px;line-height:22px">Goods</td><td align="right" style="padding:3px 0 3px 12px;font-size:15px;line-height:22px;white-space:nowrap">{{order.subtotal}}</td></tr>
{{#order.discounts}}
<tr><td dir="auto" style="padding:3px 0;font-size:15px;line-height:22px">{{name}}</td><td align="right" style="padding:3px 0 3px 12px;font-size:15px;line-height:22px;white-space:nowrap">{{amount}}</td></tr>
{{/order.discounts}}
{{#order.shipping}}
<tr><td dir="auto" style="padding:3px 0;font-size:15px;line-height:22px">Shipping</td><td align="right" style="padding:3px 0 3px 12px;font-size:15px;line-height:22px;white-space:nowrap">{{order.shipping}}</td></tr>
{{/order.shipping}}
{{#order.tax}}
<tr><td dir="auto" style="padding:3px 0;font-size:15px;line-height:22px">Tax</td><td align="right" style="padding:3px 0 3px 12px;font-size:15px;line-height:22px;white-space:nowrap">{{order.tax}}</td></tr>
{{/order.tax}}
<tr><td class="line" style="padding:12px 0 0 0;font-size:17px;line-height:24px;font-weight:600">Total</td><td class="line" align="right" style="padding:12px 0 0 12px;font-size:17px;line-height:24px;font-weight:600;white-space:nowrap">{{order.total}}</td></tr>
{{#order.pricesIncludeTax}}
<tr><td class="soft" colspan="2" style="padding:2px 0 0 0;font-size:13px;line-height:18px;color:#6a7178">Tax included</td></tr>
{{/order.pricesIncludeTax}}
</table>

"""#,
"en/totals.text.mustache": #"""
  Goods: {{order.subtotal}}
{{#order.discounts}}
  {{name}}: {{amount}}
{{/order.discounts}}
{{#order.shipping}}
  Shipping: {{order.shipping}}
{{/order.shipping}}
{{#order.tax}}
  Tax: {{order.tax}}
{{/order.tax}}
  Total: {{order.total}}{{#order.pricesIncludeTax}} (Tax included){{/order.pricesIncludeTax}}

"""#,
    ]
}
