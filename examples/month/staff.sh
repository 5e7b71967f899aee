# Who works here, superiors first.
cuiban user set xu --name 徐亮 --department 信息部
cuiban role grant xu it_manager
cuiban user add ma    马骏 --department 总经理办 --role general_manager
cuiban user add zhou  周明 --department 售后部 --superior ma --role service_director --role department_head
cuiban user add wang  王芳 --department 售后部 --superior zhou --role after_sales_clerk --role customer_service
cuiban user add chen  陈静 --department 售后部 --superior zhou --role customer_service
cuiban user add li    李强 --department 售后部 --superior zhou --role service_advisor
cuiban user add zhang 张伟 --department 售后部 --superior zhou --role service_advisor
cuiban user add liu   刘洋 --department 车间 --superior zhou --role workshop_manager
cuiban user add han   韩磊 --department 销售部 --superior ma --role sales_manager --role department_head
cuiban user add jiang 蒋丽 --department 销售部 --superior han --role showroom_manager
cuiban user add guo   郭婷 --department 销售部 --superior han --role sales_clerk
cuiban user add fang  方洁 --department 销售部 --superior jiang --role sales_consultant
cuiban user add feng  冯敏 --department 财务部 --superior ma --role finance_manager
cuiban user add qian  钱慧 --department 财务部 --superior feng --role finance
cuiban user add wu    吴刚 --department 信息部 --superior xu --role it_engineer
cuiban user add shen  沈岚 --department 审计 --role auditor
